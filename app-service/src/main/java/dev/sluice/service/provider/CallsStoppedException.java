package dev.sluice.service.provider;

/// Thrown instead of a call to a provider while the operator has stopped them.
public final class CallsStoppedException extends RuntimeException {
    /// What clients are told.
    public static final String MESSAGE = "The operator has stopped calls to providers.";

    private static final long serialVersionUID = 1;

    /// Creates one without a stack trace: it is an answer, not a failure.
    public CallsStoppedException() {
        super(MESSAGE, null, false, false);
    }
}
