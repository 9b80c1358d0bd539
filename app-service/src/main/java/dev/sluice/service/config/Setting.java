package dev.sluice.service.config;

import java.time.Duration;
import java.util.List;

/// A setting that an operator may change while the service runs. Those of providers come from a
/// [SettingCatalog].
///
/// @param name as in the environment, `COALESCE_ENABLED`
/// @param type which values it takes
/// @param defaultValue the shipped default, in canonical form
/// @param group settings that belong together, `coalescing`, `provider openai`
/// @param description one sentence on what it does
/// @param startupNames names that set it at the start, the first one found counts; its own is the first
public record Setting(
        String name, ValueType type, String defaultValue, String group, String description, List<String> startupNames) {
    /// Whether identical requests share one call.
    public static final Setting COALESCE_ENABLED = of(
            "COALESCE_ENABLED",
            new ValueType.Flag(),
            "1",
            "coalescing",
            "Identical concurrent requests share one provider call and one stored turn.");
    /// Whether streamed requests do.
    public static final Setting STREAM_FANOUT_ENABLED = of(
            "STREAM_FANOUT_ENABLED",
            new ValueType.Flag(),
            "1",
            "coalescing",
            "Streamed requests share calls too; off, every stream calls the provider itself.");
    /// How long a result is reused after its flight.
    public static final Setting COALESCE_RESULT_TTL = of(
            "COALESCE_RESULT_TTL",
            span(Duration.ofHours(24)),
            "30s",
            "coalescing",
            "How long an answer is reused after its call ended, while its turn is the thread's newest.");
    /// How long a shareable failure is.
    public static final Setting COALESCE_ERROR_TTL = of(
            "COALESCE_ERROR_TTL",
            span(Duration.ofMinutes(5)),
            "2s",
            "coalescing",
            "How long a provider's failure answers identical requests after its call ended.");
    /// How long a plain call goes on for a client that was lost.
    public static final Setting LINGER_PLAIN = linger(
            "LINGER_PLAIN", "0s", "How long a call goes on after the connection of its last plain listener broke.");
    /// The same for streams.
    public static final Setting LINGER_STREAM = linger(
            "LINGER_STREAM",
            "5s",
            "How long a call goes on after the connection of its last streaming listener broke.");
    /// Whether anything leaves the house.
    public static final Setting OUTBOUND = of(
            "OUTBOUND",
            new ValueType.Choice(List.of("on", "hold-replies", "stop")),
            "on",
            "safety",
            "What may leave: on, everything; hold-replies, provider calls only; stop, nothing. Intake goes on.");
    /// The budget of each org.
    public static final Setting ORG_REQUESTS_PER_MINUTE = of(
            "ORG_REQUESTS_PER_MINUTE",
            new ValueType.Whole(0, 1_000_000),
            "0",
            "safety",
            "Provider calls that each org may cause in a minute; shared requests cost nothing; 0 is no limit.");

    /// How long a session stays in memory after its end.
    public static final Setting SESSION_BUFFER_TTL = of(
            "SESSION_BUFFER_TTL",
            span(Duration.ofHours(24)),
            "5m",
            "sessions",
            "How long a session stays in memory after its end; then it is read from disk.");
    /// How many events a running session keeps in memory.
    public static final Setting SESSION_BUFFER_EVENTS = of(
            "SESSION_BUFFER_EVENTS",
            new ValueType.Whole(1, 100_000),
            "100",
            "sessions",
            "How many of its newest events a running session keeps in memory; the others are read from disk.");
    /// How long a session stays on disk after its end.
    public static final Setting SESSION_RETENTION = of(
            "SESSION_RETENTION",
            new ValueType.Span(Duration.ofMinutes(1), Duration.ofDays(3_650)),
            "30d",
            "sessions",
            "How long a session stays on disk after its end; then its events are removed for good.");

    public Setting {
        startupNames = List.copyOf(startupNames);
    }

    static Setting of(String name, ValueType type, String defaultValue, String group, String description) {
        return new Setting(name, type, defaultValue, group, description, List.of(name));
    }

    private static Setting linger(String name, String defaultValue, String description) {
        return new Setting(
                name,
                span(Duration.ofMinutes(10)),
                defaultValue,
                "coalescing",
                description,
                List.of(name, SettingCatalog.LINGER));
    }

    private static ValueType span(Duration most) {
        return new ValueType.Span(Duration.ZERO, most);
    }

    /// Returns a value in canonical form.
    ///
    /// @throws IllegalArgumentException naming the setting and what is acceptable, never the value
    public String canonical(String value) {
        return type.canonical(name, value);
    }
}
