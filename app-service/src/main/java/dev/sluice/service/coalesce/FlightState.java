package dev.sluice.service.coalesce;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What callers, timers and the work of one flight race for; it changes in one step.
///
/// @param listeners attached now
/// @param lingerUntil until when it goes on with nobody listening, nanoseconds of the engine's clock; it
///     only moves forward
/// @param aborted what listeners of an aborted flight are told; null unless it was
record FlightState(
        Stage stage,
        int listeners,
        long lingerUntil,
        @Nullable FlightException aborted) {
    enum Stage {
        RUNNING,
        COMMITTING,
        ENDED,
        ABORTED
    }

    static FlightState begun(long now) {
        return new FlightState(Stage.RUNNING, 0, now, null);
    }

    boolean running() {
        return stage == Stage.RUNNING;
    }

    boolean isAborted() {
        return stage == Stage.ABORTED;
    }

    /// Returns whether nobody listens and nobody's linger runs any more; `now` is the engine's clock.
    boolean abandoned(long now) {
        return listeners == 0 && lingerUntil - now <= 0;
    }

    FlightState joined() {
        return new FlightState(stage, listeners + 1, lingerUntil, aborted);
    }

    FlightState left() {
        return new FlightState(stage, listeners - 1, lingerUntil, aborted);
    }

    /// A listener was lost, for whom the flight lingers; another's longer linger stays.
    FlightState lost(long now, Duration linger) {
        long until = now + Math.min(TimeUnit.NANOSECONDS.convert(linger), Long.MAX_VALUE / 2);
        return new FlightState(stage, listeners - 1, until - lingerUntil > 0 ? until : lingerUntil, aborted);
    }

    FlightState committing() {
        return running() ? new FlightState(Stage.COMMITTING, listeners, lingerUntil, null) : this;
    }

    FlightState ended() {
        return isAborted() ? this : new FlightState(Stage.ENDED, listeners, lingerUntil, null);
    }

    FlightState abortedBy(FlightException why) {
        return new FlightState(Stage.ABORTED, listeners, lingerUntil, why);
    }
}
