package dev.sluice.service.coalesce;

import dev.sluice.service.coalesce.FlightException.Kind;
import dev.sluice.service.replay.LogFullException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;

/// Why flights fail, in words for their listeners.
final class Reasons {
    private static final System.Logger LOG = System.getLogger(Reasons.class.getName());
    private static final Duration SOON = Duration.ofSeconds(1);

    private Reasons() {}

    static FlightException cancelled() {
        return new FlightException(Kind.CANCELLED, "The request was cancelled.", false, null, null);
    }

    static FlightException stopped(String reason) {
        return new FlightException(Kind.STOPPED, reason, false, null, null);
    }

    static FlightException overloaded() {
        return new FlightException(
                Kind.OVERLOADED, "Too much text is in the air at once; try again later.", false, SOON, null);
    }

    /// Explains what ended a flight's work.
    static FlightException of(Flight<?> flight, Throwable thrown) {
        FlightException aborted = flight.aborted();
        if (aborted != null) {
            return aborted;
        }
        if (thrown instanceof FlightException failure) {
            return failure;
        }
        if (thrown instanceof LogFullException full) {
            return new FlightException(Kind.TOO_LARGE, "The answer is too large.", false, null, full);
        }
        try {
            return Objects.requireNonNull(flight.work().failure(thrown));
        } catch (Throwable broken) {
            LOG.log(Level.ERROR, "event=failure_not_explained flight=" + flight.id(), broken);
            return new FlightException(Kind.FAILED, "The request failed.", false, null, thrown);
        }
    }
}
