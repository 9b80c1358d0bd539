package dev.sluice.service.thread;

/// The thread does not exist in this org, or no longer: nothing was stored.
public final class ThreadGoneException extends RuntimeException {
    /// @param threadId the thread; the message names it
    public ThreadGoneException(String threadId) {
        super("there is no thread " + threadId);
    }
}
