package dev.sluice.service.config;

import dev.sluice.service.store.Database;
import dev.sluice.service.store.Sql;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What operators set, under one version number. Thread-safe.
public final class SettingsRepository {
    private final Database db;

    /// @param db where the settings are kept
    public SettingsRepository(Database db) {
        this.db = db;
    }

    /// Returns all values that operators set, with the version they belong to.
    public Stored load() {
        return db.read(sql -> new Stored(
                version(sql),
                sql
                        .list(
                                "SELECT * FROM settings",
                                row -> Map.entry(
                                        row.text("name"),
                                        new StoredValue(
                                                row.text("setting_value"),
                                                row.text("changed_by"),
                                                row.instant("changed_at"))))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    /// Saves changes, all or none, if nobody changed anything since `expectedVersion`.
    ///
    /// @param changes new values by name; null takes the operator's value back
    /// @param alsoInTransaction is stored together with the changes, or undoes them by throwing
    /// @return the new version, one more than `expectedVersion`
    /// @throws VersionConflictException if another change came first
    public long save(
            long expectedVersion,
            Map<String, @Nullable String> changes,
            String actor,
            Instant at,
            Consumer<Sql> alsoInTransaction) {
        return db.write("save settings", sql -> {
            long current = version(sql);
            if (current != expectedVersion) {
                throw new VersionConflictException(expectedVersion, current);
            }
            for (var change : changes.entrySet()) {
                save(sql, change.getKey(), change.getValue(), actor, at);
            }
            sql.update("UPDATE settings_version SET version = ? WHERE id = 1", current + 1);
            alsoInTransaction.accept(sql);
            return current + 1;
        });
    }

    private static void save(Sql sql, String name, @Nullable String value, String actor, Instant at) {
        if (value == null) {
            sql.update("DELETE FROM settings WHERE name = ?", name);
        } else {
            sql.update("""
                INSERT INTO settings (name, setting_value, changed_by, changed_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET setting_value = excluded.setting_value,
                    changed_by = excluded.changed_by, changed_at = excluded.changed_at\
                """, name, value, actor, at);
        }
    }

    private static long version(Sql sql) {
        return sql.number("SELECT version AS n FROM settings_version WHERE id = 1");
    }

    /// @param version grows by one with each saved change; 0 before the first
    /// @param values what operators set, by name
    public record Stored(long version, Map<String, StoredValue> values) {
        public Stored {
            values = Map.copyOf(values);
        }
    }

    /// @param value as it was saved
    /// @param changedBy who set it
    /// @param changedAt when
    public record StoredValue(String value, String changedBy, Instant changedAt) {}
}
