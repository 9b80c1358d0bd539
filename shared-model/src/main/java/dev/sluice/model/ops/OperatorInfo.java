package dev.sluice.model.ops;

/// Who is asking.
///
/// @param name the token's owner, as it stands in the audit
/// @param role `viewer`, `operator` or `admin`
public record OperatorInfo(String name, String role) {
    /// Returns whether this person may change anything.
    public boolean mayWrite() {
        return role.equals("operator") || role.equals("admin");
    }
}
