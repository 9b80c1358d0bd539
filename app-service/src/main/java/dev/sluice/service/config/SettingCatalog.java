package dev.sluice.service.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All live settings there are: the fixed ones, and four of each provider that can be called here.
/// Immutable.
public final class SettingCatalog {
    /// Sets both LINGER_PLAIN and LINGER_STREAM at the start.
    static final String LINGER = "LINGER";

    private static final List<Setting> FIXED = List.of(
            Setting.COALESCE_ENABLED,
            Setting.STREAM_FANOUT_ENABLED,
            Setting.COALESCE_RESULT_TTL,
            Setting.COALESCE_ERROR_TTL,
            Setting.LINGER_PLAIN,
            Setting.LINGER_STREAM,
            Setting.OUTBOUND,
            Setting.ORG_REQUESTS_PER_MINUTE,
            Setting.SESSION_BUFFER_TTL,
            Setting.SESSION_BUFFER_EVENTS,
            Setting.SESSION_RETENTION);

    private final List<Setting> all;
    private final Map<String, Setting> byName = new LinkedHashMap<>();
    private final Map<String, OfProvider> byProvider = new LinkedHashMap<>();

    /// @param providers the names of those that can be called, in the order they are shown
    public SettingCatalog(Collection<String> providers) {
        var settings = new ArrayList<>(FIXED);
        settings.addAll(TextSettings.ALL);
        for (String provider : providers) {
            var four = OfProvider.named(provider);
            byProvider.put(provider, four);
            settings.addAll(four.all());
        }
        all = List.copyOf(settings);
        all.forEach(setting -> byName.put(setting.name(), setting));
    }

    /// Returns all settings, in the order they are shown.
    public List<Setting> all() {
        return all;
    }

    /// Finds a setting by its exact name.
    public Optional<Setting> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Returns how hard a provider may be driven.
    ///
    /// @throws IllegalArgumentException if it is none of those that can be called
    public OfProvider provider(String name) {
        OfProvider four = byProvider.get(name);
        if (four == null) {
            throw new IllegalArgumentException("no provider that can be called here is named " + name);
        }
        return four;
    }

    /// Finds the provider that a setting belongs to.
    public Optional<String> providerOf(Setting setting) {
        return byProvider.entrySet().stream()
                .filter(entry -> entry.getValue().all().contains(setting))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// How hard one provider may be driven.
    ///
    /// @param requestsPerSecond a whole number
    /// @param burst a whole number
    /// @param concurrency a whole number
    /// @param queueTimeout a duration
    public record OfProvider(Setting requestsPerSecond, Setting burst, Setting concurrency, Setting queueTimeout) {
        static OfProvider named(String provider) {
            String prefix = provider.toUpperCase(Locale.ROOT);
            String group = "provider " + provider;
            return new OfProvider(
                    Setting.of(
                            prefix + "_RPS",
                            new ValueType.Whole(1, 10_000),
                            "20",
                            group,
                            "Calls to " + provider + " a second, in the long run."),
                    Setting.of(
                            prefix + "_BURST",
                            new ValueType.Whole(1, 100_000),
                            "25",
                            group,
                            "Calls to " + provider + " at once after a pause."),
                    Setting.of(
                            prefix + "_CONCURRENCY",
                            new ValueType.Whole(1, 100_000),
                            "32",
                            group,
                            "Calls to " + provider + " in the air at the same time; fewer while it struggles."),
                    Setting.of(
                            prefix + "_QUEUE_TIMEOUT",
                            new ValueType.Span(Duration.ZERO, Duration.ofHours(1)),
                            "10s",
                            group,
                            "The longest wait for a slot of " + provider + "; 0 never waits."));
        }

        List<Setting> all() {
            return List.of(requestsPerSecond, burst, concurrency, queueTimeout);
        }
    }
}
