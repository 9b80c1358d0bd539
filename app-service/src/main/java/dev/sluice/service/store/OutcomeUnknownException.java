package dev.sluice.service.store;

/// The caller was interrupted while its write waited for the disk: the outcome is unknown, the write may still be
/// committed. The thread's interrupt flag is set again.
public final class OutcomeUnknownException extends RuntimeException {
    OutcomeUnknownException(String what, InterruptedException cause) {
        super("outcome unknown: interrupted while waiting for \"" + what + "\", which may still be committed", cause);
    }
}
