package dev.sluice.service.replay;

/// Thrown when something is appended after a log's terminal event; the log is unchanged.
public final class LogClosedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LogClosedException(String epoch) {
        super("log " + epoch + " has ended and takes no more events");
    }
}
