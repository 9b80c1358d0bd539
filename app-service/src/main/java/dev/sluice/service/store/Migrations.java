package dev.sluice.service.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/// Brings a database to the schema of this release: numbered SQL files, each applied once, with its row in
/// `schema_version`; all that are missing in one transaction, since each commit waits for the disk.
///
/// A file that shipped never changes. In a file, a statement ends with a semicolon followed by an empty
/// line or the file's end (so that a trigger's body may hold semicolons).
final class Migrations {
    /// Version n is the n-th file.
    private static final List<String> FILES = List.of(
            "V1__threads.sql",
            "V2__operations.sql",
            "V3__live_settings.sql",
            "V4__sessions.sql",
            "V5__sms.sql",
            "V6__imported_sessions.sql",
            "V7__sms_windows.sql",
            "V8__texts_by_time.sql");

    private static final String TABLE = """
        CREATE TABLE IF NOT EXISTS schema_version (
            version INTEGER NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            applied_at INTEGER NOT NULL)\
        """;
    private static final Pattern STATEMENT_END = Pattern.compile(";\\s*?(\\R\\s*?\\R|\\s*\\z)");

    private Migrations() {}

    /// Returns the version this release brings a database to.
    static long newest() {
        return FILES.size();
    }

    /// Returns the version a database is at, changing nothing; 0 if no release of ours wrote it.
    ///
    /// @throws NewerDatabaseException if the database is ahead of this release
    static long found(Slot slot, Path file) {
        long found = inTransaction(slot, sql -> {
            boolean versioned = sql.number("SELECT COUNT(*) AS n FROM sqlite_master WHERE name = 'schema_version'") > 0;
            return versioned ? sql.number("SELECT COALESCE(MAX(version), 0) AS n FROM schema_version") : 0;
        });
        requireKnown(file, found);
        return found;
    }

    /// Applies what is missing.
    ///
    /// @throws NewerDatabaseException if the database is ahead of this release
    /// @throws StoreUnavailableException if the disk does not take it; nothing is half applied
    static void apply(Slot slot, Path file, Instant now) {
        inTransaction(slot, sql -> {
            sql.update(TABLE);
            long found = sql.number("SELECT COALESCE(MAX(version), 0) AS n FROM schema_version");
            requireKnown(file, found);
            for (int version = Math.toIntExact(found) + 1; version <= FILES.size(); version++) {
                apply(sql, version, FILES.get(version - 1), now);
            }
            return found;
        });
    }

    private static void requireKnown(Path file, long found) {
        if (found > newest()) {
            throw new NewerDatabaseException(file, found, newest());
        }
    }

    private static void apply(Sql sql, int version, String name, Instant now) {
        STATEMENT_END
                .splitAsStream(script(name))
                .filter(statement -> !statement.isBlank())
                .forEach(statement -> sql.update(statement));
        sql.update("INSERT INTO schema_version (version, name, applied_at) VALUES (?, ?, ?)", version, name, now);
    }

    private static long inTransaction(Slot slot, Unit<Long> unit) {
        try {
            long result = unit.run(slot.sql());
            slot.commit();
            return result;
        } catch (RuntimeException | Error failure) {
            slot.abandon(failure);
            throw failure;
        }
    }

    private static String script(String name) {
        try (var in = Migrations.class.getResourceAsStream("/db/migration/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks the migration " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the migration " + name, e);
        }
    }
}
