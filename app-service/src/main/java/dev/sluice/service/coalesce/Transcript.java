package dev.sluice.service.coalesce;

import dev.sluice.service.replay.EventLog;
import java.util.concurrent.atomic.AtomicLong;

/// A flight's log and what it takes of the bytes that all flights in the air share. Thread-safe.
final class Transcript {
    /// What an event's id and name take, about.
    private static final int EVENT_BYTES = 100;

    private static final byte[] NO_DATA = {'{', '}'};

    private final EventLog log;
    private final ByteBudget shared;
    private final AtomicLong claimed = new AtomicLong();

    Transcript(EventLog log, ByteBudget shared) {
        this.log = log;
        this.shared = shared;
    }

    EventLog log() {
        return log;
    }

    /// @throws FlightException if all transcripts together would take too much
    void append(String type, byte[] data) {
        long bytes = (long) data.length + EVENT_BYTES;
        if (!shared.claim(bytes)) {
            throw Reasons.overloaded();
        }
        claimed.addAndGet(bytes); // given back by release(), whatever the log says
        log.append(type, data);
    }

    /// Appends the terminal event.
    ///
    /// @throws RuntimeException if it was not possible under that name; then the log ends in an empty
    ///     `error`
    void end(String event, byte[] data) {
        try {
            log.end(event, data);
        } catch (RuntimeException broken) {
            if (!log.ended()) {
                log.end("error", NO_DATA.clone()); // the event's name was no name
            }
            throw broken;
        }
    }

    /// Gives the shared bytes back: the flight is not in the air any more.
    void release() {
        shared.release(claimed.getAndSet(0));
    }
}
