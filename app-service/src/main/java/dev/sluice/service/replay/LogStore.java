package dev.sluice.service.replay;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Where logs are kept beyond memory. Thread-safe.
public interface LogStore {
    /// Stores all of the chunks or none.
    ///
    /// @param chunks of different logs, each continuing what is stored of its log
    /// @return completes once they are durable, exceptionally if they are not
    CompletableFuture<?> append(List<Chunk> chunks);

    /// Notes that nothing more of a log will come, though it was not stored to its end.
    void abandoned(String log);

    /// Reads stored events that come after `after`, oldest first, dense from the first one returned.
    ///
    /// @param epoch the life of the log that the frames are to name
    /// @param maxBytes stops before exceeding it, but always returns one event if there is one
    /// @return empty if there are none; the first one is not `after + 1` if what was between is gone
    List<LogEntry> read(String log, String epoch, long after, int maxBytes);
}
