package dev.sluice.service.config;

/// A start-up value that is not acceptable; the message names it and says what would be, never what was
/// given.
public final class BadValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String name;

    BadValueException(String name, String message) {
        super(message);
        this.name = name;
    }

    /// Returns the value's name, as in the environment.
    public String name() {
        return name;
    }
}
