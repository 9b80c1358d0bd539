package dev.sluice.service.coalesce;

import java.time.Duration;

/// Thrown to one listener whose own deadline passed; the flight goes on for the others.
public final class DeadlineException extends Exception {
    private static final long serialVersionUID = 1;

    DeadlineException(Duration waited) {
        super("no answer within " + waited.toMillis() + " ms");
    }
}
