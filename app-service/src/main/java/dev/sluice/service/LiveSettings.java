package dev.sluice.service;

import dev.sluice.service.coalesce.CoalescerTimes;
import dev.sluice.service.config.Setting;
import dev.sluice.service.config.Settings;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.session.SessionPolicy;
import dev.sluice.service.thread.ChatPolicy;
import java.time.Duration;

/// The live settings in the forms in which the parts of the service ask for them. Thread-safe.
final class LiveSettings implements CoalescerTimes, ChatPolicy, SessionPolicy {
    private final Settings settings;
    private final Duration grace;

    /// @param grace how long calls already being answered go on when traffic is stopped
    LiveSettings(Settings settings, Duration grace) {
        this.settings = settings;
        this.grace = grace;
    }

    @Override
    public Duration resultTtl() {
        return settings.duration(Setting.COALESCE_RESULT_TTL);
    }

    @Override
    public Duration errorTtl() {
        return settings.duration(Setting.COALESCE_ERROR_TTL);
    }

    @Override
    public boolean enabled() {
        return settings.on(Setting.COALESCE_ENABLED);
    }

    @Override
    public boolean streamsEnabled() {
        return settings.on(Setting.STREAM_FANOUT_ENABLED);
    }

    @Override
    public Duration linger(boolean streamed) {
        return settings.duration(streamed ? Setting.LINGER_STREAM : Setting.LINGER_PLAIN);
    }

    @Override
    public boolean callsAllowed() {
        return !settings.value(Setting.OUTBOUND).equals("stop");
    }

    @Override
    public Duration stopGrace() {
        return grace;
    }

    @Override
    public int requestsPerMinute() {
        return settings.number(Setting.ORG_REQUESTS_PER_MINUTE);
    }

    @Override
    public Duration bufferTtl() {
        return settings.duration(Setting.SESSION_BUFFER_TTL);
    }

    @Override
    public int bufferEvents() {
        return settings.number(Setting.SESSION_BUFFER_EVENTS);
    }

    @Override
    public Duration retention() {
        return settings.duration(Setting.SESSION_RETENTION);
    }

    /// Returns how hard a provider may be driven.
    PacerLimits limits(String provider) {
        var four = settings.catalog().provider(provider);
        return new PacerLimits(
                settings.number(four.requestsPerSecond()),
                settings.number(four.burst()),
                settings.number(four.concurrency()),
                settings.duration(four.queueTimeout()),
                PacerLimits.DEFAULT.maxQueued());
    }
}
