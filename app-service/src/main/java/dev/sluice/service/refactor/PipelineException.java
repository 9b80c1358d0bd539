package dev.sluice.service.refactor;

/// Thrown when a job cannot be completed; the message is for clients.
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what failed: no secret, no internals
    public PipelineException(String message) {
        super(message, null, false, false);
    }

    /// Returns the message, for clients.
    public String message() {
        return String.valueOf(getMessage());
    }
}
