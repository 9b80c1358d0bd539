package dev.sluice.service.auth;

/// The account that this process runs as: who acts on the command line.
public final class OsUser {
    private OsUser() {}

    /// Returns the account's name as the operating system knows it, `unknown` if it knows none.
    public static String name() {
        String name = System.getProperty("user.name", "");
        return name.isBlank() || name.equals("?") ? "unknown" : name;
    }
}
