package dev.sluice.service.ops;

import dev.sluice.service.config.Setting;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.config.SettingsRepository.Stored;
import dev.sluice.service.config.SettingsRepository.StoredValue;
import dev.sluice.service.store.Sql;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes what becomes of settings into the audit, and keeps what is in force for the next start.
/// Thread-safe.
final class SettingsHistory {
    /// Who does what nobody asked for just now.
    static final String SERVICE = "service";

    private final Settings settings;
    private final SettingsRepository repository;
    private final AuditRepository audit;

    SettingsHistory(Settings settings, SettingsRepository repository, AuditRepository audit) {
        this.settings = settings;
        this.repository = repository;
        this.audit = audit;
    }

    /// Writes an operator's change, in its transaction.
    ///
    /// @param until when it goes back by itself; null if it does not
    void changed(
            Sql sql,
            Stored before,
            Stored after,
            Collection<Setting> changed,
            @Nullable Instant until,
            String actor,
            Instant at,
            @Nullable String reason) {
        var inForce = new HashMap<String, String>();
        for (Setting setting : changed) {
            String value = settings.valueIn(after, setting);
            inForce.put(setting.name(), value);
            audit.append(
                    sql,
                    at,
                    actor,
                    "setting.changed",
                    setting.name(),
                    settings.valueIn(before, setting),
                    until == null ? value : value + " until " + until,
                    reason);
        }
        repository.remember(sql, inForce);
    }

    /// Writes changes that went back by themselves, in their transaction.
    void reverted(Sql sql, Stored before, Stored after, Instant at) {
        var inForce = new HashMap<String, String>();
        before.due(at).keySet().stream().sorted().forEach(name -> {
            var setting = settings.catalog().find(name);
            setting.ifPresent(known -> inForce.put(name, settings.valueIn(after, known)));
            String set = Optional.ofNullable(before.values().get(name))
                    .map(value -> " by " + value.changedBy())
                    .orElse("");
            audit.append(
                    sql,
                    at,
                    SERVICE,
                    "setting.reverted",
                    name,
                    valueIn(before, setting, name),
                    valueIn(after, setting, name),
                    "changed for a time only" + set);
        });
        repository.remember(sql, inForce);
    }

    /// Writes what differs from the last run: the environment, the file, the command line or a default
    /// has changed.
    ///
    /// @throws dev.sluice.service.store.StoreUnavailableException if it could not be written; nothing is,
    ///     then
    void restarted(Instant at) {
        Map<String, String> last = repository.lastInForce();
        var differing = new HashMap<String, String>();
        for (Setting setting : settings.catalog().all()) {
            String value = settings.value(setting);
            if (!value.equals(last.get(setting.name()))) {
                differing.put(setting.name(), value);
            }
        }
        if (differing.isEmpty()) {
            return;
        }
        repository.remember(
                differing,
                sql -> differing.keySet().stream().sorted().forEach(name -> {
                    String before = last.get(name);
                    if (before != null) {
                        audit.append(
                                sql, at, SERVICE, "setting.restart", name, before, differing.get(name), source(name));
                    }
                }));
    }

    private String source(String name) {
        return settings.view()
                .find(name)
                .map(view -> "in force since this start, source: " + view.source())
                .orElse("in force since this start");
    }

    /// A provider that can no longer be called has no setting any more, only what operators stored.
    private @Nullable String valueIn(Stored stored, Optional<Setting> setting, String name) {
        if (setting.isPresent()) {
            return settings.valueIn(stored, setting.get());
        }
        StoredValue value = stored.values().get(name);
        return value == null ? null : value.value();
    }
}
