package dev.sluice.service.thread;

import java.time.Duration;

/// The operator's switches, read at each request.
public interface Sharing {
    /// Returns whether requests share calls at all.
    boolean enabled();

    /// Returns whether streamed requests do.
    boolean streamsEnabled();

    /// Returns how long a call goes on after its last listener's connection broke.
    Duration linger(boolean streamed);
}
