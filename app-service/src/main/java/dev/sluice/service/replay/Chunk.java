package dev.sluice.service.replay;

import java.util.List;

/// Events of one log that follow each other, on their way to the store.
///
/// @param log the log's id
/// @param epoch the life of the log that the frames name
/// @param entries at least one, dense
public record Chunk(String log, String epoch, List<LogEntry> entries) {
    public Chunk {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a chunk holds at least one event");
        }
        entries = List.copyOf(entries);
    }

    /// Returns the number of its last event.
    public long last() {
        return entries.getLast().seq();
    }

    /// Returns whether it holds the log's terminal event.
    public boolean ends() {
        return entries.getLast().terminal();
    }
}
