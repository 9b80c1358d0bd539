package dev.sluice.service.replay;

/// Thrown when an append would take a log over its byte limit; the log is unchanged.
public final class LogFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogFullException(String epoch, long maxBytes) {
        super("log " + epoch + " is full: it may take " + maxBytes + " bytes");
    }
}
