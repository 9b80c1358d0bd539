package dev.sluice.service.thread;

import java.time.Duration;

/// The operator's switches, in a test's hand.
final class ScriptedPolicy implements ChatPolicy {
    static final Duration GRACE = Duration.ofSeconds(10);

    volatile boolean enabled = true;
    volatile boolean streamsEnabled = true;
    volatile Duration streamLinger = Duration.ZERO;
    volatile boolean callsAllowed = true;
    volatile int requestsPerMinute;

    @Override
    public boolean enabled() {
        return enabled;
    }

    @Override
    public boolean streamsEnabled() {
        return streamsEnabled;
    }

    @Override
    public Duration linger(boolean streamed) {
        return streamed ? streamLinger : Duration.ZERO;
    }

    @Override
    public boolean callsAllowed() {
        return callsAllowed;
    }

    @Override
    public Duration stopGrace() {
        return GRACE;
    }

    @Override
    public int requestsPerMinute() {
        return requestsPerMinute;
    }
}
