package dev.sluice.ui.store;

import java.time.Instant;

/// One line of a session's log.
public sealed interface SessionLine {
    /// Something happened.
    ///
    /// @param id the event's id on the wire
    /// @param seq its number, dense from 1
    /// @param at when it was recorded, by the service's clock
    /// @param type its name
    /// @param data its payload: JSON as text
    /// @param terminal whether it is the last
    record Happened(String id, long seq, Instant at, String type, String data, boolean terminal)
            implements SessionLine {}

    /// Something is missing before the next line.
    ///
    /// @param lost how many events
    record Gap(long lost) implements SessionLine {}

    /// The log began anew; what was shown before is no longer what happened.
    ///
    /// @param reason why, in the service's word
    record Anew(String reason) implements SessionLine {}
}
