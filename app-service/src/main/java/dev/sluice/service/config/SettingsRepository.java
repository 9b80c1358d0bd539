package dev.sluice.service.config;

import dev.sluice.service.store.Database;
import dev.sluice.service.store.Sql;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What operators set, under one version number, and what of it goes back by itself. Thread-safe.
public final class SettingsRepository {
    private final Database db;

    /// @param db where the settings are kept
    public SettingsRepository(Database db) {
        this.db = db;
    }

    /// Returns all values that operators set, with the version they belong to.
    public Stored load() {
        return db.read(SettingsRepository::load);
    }

    /// Saves changes, all or none, if nobody changed anything since `expectedVersion`.
    ///
    /// A change of a setting that was to go back by itself ends that. One that is itself to go back goes
    /// back to the operator's value before; to the one before that if that was to go back too.
    ///
    /// @param changes new values by name; null takes the operator's value back
    /// @param revertAt when they go back by themselves; null if they do not
    /// @param alongside is stored together with the changes, or undoes them by throwing
    /// @return what is stored now, of a version one more than `expectedVersion`
    /// @throws VersionConflictException if another change came first
    public Stored save(
            long expectedVersion,
            Map<String, @Nullable String> changes,
            @Nullable Instant revertAt,
            String actor,
            Instant at,
            Alongside alongside) {
        return db.write("save settings", sql -> {
            Stored before = load(sql);
            if (before.version() != expectedVersion) {
                throw new VersionConflictException(expectedVersion, before.version());
            }
            for (var change : changes.entrySet()) {
                String name = change.getKey();
                save(sql, name, change.getValue(), actor, at);
                sql.update("DELETE FROM settings_reverts WHERE name = ?", name);
                if (revertAt != null) {
                    sql.update(
                            "INSERT INTO settings_reverts (name, revert_at, revert_to) VALUES (?, ?, ?)",
                            name,
                            revertAt,
                            before.lasting(name));
                }
            }
            return next(sql, before, alongside);
        });
    }

    /// Takes back what was to go back by itself until now; without anything due, nothing is written.
    ///
    /// @param alongside is stored together with it, or undoes it by throwing
    /// @return what is stored now
    public Stored revertDue(Instant now, String actor, Alongside alongside) {
        return db.write("revert settings", sql -> {
            Stored before = load(sql);
            var due = before.due(now);
            if (due.isEmpty()) {
                return before;
            }
            due.forEach((name, revert) -> {
                save(sql, name, revert.to(), actor, now);
                sql.update("DELETE FROM settings_reverts WHERE name = ?", name);
            });
            return next(sql, before, alongside);
        });
    }

    /// Returns what was in force when the service ran last, by name; empty before the first run.
    public Map<String, String> lastInForce() {
        return db.read(sql -> {
            var values = new HashMap<String, String>();
            sql.list("SELECT * FROM settings_in_force", row -> Map.entry(row.text("name"), row.text("setting_value")))
                    .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
            return values;
        });
    }

    /// Remembers for the next start what is in force.
    ///
    /// @param inForce canonical values by name; names that are absent stay as they are
    public void remember(Sql sql, Map<String, String> inForce) {
        inForce.forEach((name, value) -> sql.update("""
                INSERT INTO settings_in_force (name, setting_value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET setting_value = excluded.setting_value\
                """, name, value));
    }

    /// Remembers for the next start what is in force, together with what is written alongside.
    public void remember(Map<String, String> inForce, Consumer<Sql> alongside) {
        db.write("remember settings", sql -> {
            remember(sql, inForce);
            alongside.accept(sql);
            return inForce.size();
        });
    }

    private static Stored next(Sql sql, Stored before, Alongside alongside) {
        sql.update("UPDATE settings_version SET version = ? WHERE id = 1", before.version() + 1);
        Stored after = load(sql);
        alongside.store(sql, before, after);
        return after;
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

    private static Stored load(Sql sql) {
        var values = new HashMap<String, StoredValue>();
        sql.list(
                        "SELECT * FROM settings",
                        row -> Map.entry(
                                row.text("name"),
                                new StoredValue(
                                        row.text("setting_value"), row.text("changed_by"), row.instant("changed_at"))))
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        var reverts = new HashMap<String, Revert>();
        sql.list(
                        "SELECT * FROM settings_reverts",
                        row -> Map.entry(
                                row.text("name"), new Revert(row.instant("revert_at"), row.textOrNull("revert_to"))))
                .forEach(entry -> reverts.put(entry.getKey(), entry.getValue()));
        return new Stored(sql.number("SELECT version AS n FROM settings_version WHERE id = 1"), values, reverts);
    }

    /// What is stored in the same transaction as a change.
    @FunctionalInterface
    public interface Alongside {
        /// @param before what was stored before the change
        /// @param after what is stored with it
        void store(Sql sql, Stored before, Stored after);
    }

    /// @param version grows by one with each saved change; 0 before the first
    /// @param values what operators set, by name
    /// @param reverts what goes back by itself, by name
    public record Stored(long version, Map<String, StoredValue> values, Map<String, Revert> reverts) {
        public Stored {
            values = Map.copyOf(values);
            reverts = Map.copyOf(reverts);
        }

        /// Nothing of it goes back by itself.
        public Stored(long version, Map<String, StoredValue> values) {
            this(version, values, Map.of());
        }

        /// Returns what goes back by itself until `now`.
        public Map<String, Revert> due(Instant now) {
            var due = new HashMap<String, Revert>();
            reverts.forEach((name, revert) -> {
                if (!revert.at().isAfter(now)) {
                    due.put(name, revert);
                }
            });
            return due;
        }

        /// Returns the operator's value that is to stay: the one before those that go back by themselves.
        @Nullable
        String lasting(String name) {
            Revert pending = reverts.get(name);
            if (pending != null) {
                return pending.to();
            }
            StoredValue value = values.get(name);
            return value == null ? null : value.value();
        }
    }

    /// @param value as it was saved
    /// @param changedBy who set it
    /// @param changedAt when
    public record StoredValue(String value, String changedBy, Instant changedAt) {}

    /// @param at when the value goes back
    /// @param to the operator's value it goes back to; null for none
    public record Revert(Instant at, @Nullable String to) {}
}
