package dev.sluice.service.thread;

import java.time.Duration;

/// The operator's switches, read at each decision. Thread-safe and quick.
public interface ChatPolicy {
    /// Returns whether requests share calls at all.
    boolean enabled();

    /// Returns whether streamed requests do.
    boolean streamsEnabled();

    /// Returns how long a call goes on after its last listener's connection broke.
    Duration linger(boolean streamed);

    /// Returns whether providers may be called; [ThreadService#outboundChanged] is to follow each change.
    boolean callsAllowed();

    /// Returns how long calls already being answered go on once calls are not allowed any more.
    Duration stopGrace();

    /// Returns how many calls an org may cause a minute; 0 means as many as it likes.
    int requestsPerMinute();
}
