package dev.sluice.service.replay;

import java.util.List;

/// Takes a log's events for one reader while the reader's own thread waits, see [Cursor#relay].
///
/// Called by one thread at a time, which is not always the same.
public interface Receiver {
    /// Takes events in order. May wait for its client for a while; who waits long is left to the reader's
    /// own thread.
    ///
    /// @param entries at least one
    /// @return whether it wants more
    boolean take(List<LogEntry> entries);

    /// Called when there was nothing to take for as long as was agreed.
    ///
    /// @return whether it wants more
    boolean idle();
}
