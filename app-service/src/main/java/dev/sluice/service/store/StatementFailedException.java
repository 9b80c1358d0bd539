package dev.sluice.service.store;

/// A statement that the database refused for what it says, not for the state of the disk: a violated
/// constraint, an
/// unknown column, a NULL where none may be. The message names the statement, never its parameters.
public final class StatementFailedException extends RuntimeException {
    private final boolean constraint;

    StatementFailedException(String message) {
        super(message);
        this.constraint = false;
    }

    StatementFailedException(String statement, boolean constraint, Throwable cause) {
        super((constraint ? "a constraint refused: " : "failed: ") + statement, cause);
        this.constraint = constraint;
    }

    /// Returns whether a constraint (unique, foreign key, check, not null) refused it.
    public boolean constraint() {
        return constraint;
    }
}
