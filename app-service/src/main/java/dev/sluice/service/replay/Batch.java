package dev.sluice.service.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a cursor found: events in order, perhaps after a hole.
///
/// @param gap the part that was trimmed before it could be read; null if nothing is missing
/// @param entries the events; empty if there are none yet
public record Batch(@Nullable Gap gap, List<LogEntry> entries) {
    /// Returns whether the log's terminal event is among the entries.
    public boolean ends() {
        return !entries.isEmpty() && entries.getLast().terminal();
    }

    /// A hole in what a reader saw.
    ///
    /// @param requested the first event the reader wanted
    /// @param first the first event still kept
    /// @param last the newest event
    /// @param lost how many events are missing
    public record Gap(long requested, long first, long last, long lost) {}
}
