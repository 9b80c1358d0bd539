package dev.sluice.service.session;

import dev.sluice.service.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Removes sessions from the store in small steps: first their events, oldest first, then what they were found by. A
/// tombstone without personal data stays for a while and tells that there was one.
final class SessionRemains {
    private static final int ROWS = 100;
    private static final long STEP_BYTES = 1 << 20;

    private final Database db;
    private final Consumer<Runnable> step;

    /// @param step runs each step that writes
    SessionRemains(Database db, Consumer<Runnable> step) {
        this.db = db;
        this.step = step;
    }

    /// Marks the sessions that ended before a time, and were not imported since, as to be removed.
    void expire(Instant before) {
        long[] marked = {ROWS};
        while (marked[0] == ROWS) {
            step.accept(() -> marked[0] = db.write("expire sessions", sql -> sql.update("""
                            UPDATE sessions SET forget = 1 WHERE id IN (
                                SELECT id FROM sessions WHERE forget = 0 AND ended_at < ?
                                    AND (imported_at IS NULL OR imported_at < ?) LIMIT ?)\
                            """, before, before, ROWS)));
        }
    }

    /// Returns some sessions that are to be removed and are not running.
    List<String> due() {
        return db.read(sql -> sql.list(
                "SELECT id FROM sessions WHERE forget = 1 AND outcome IS NOT NULL ORDER BY id LIMIT ?",
                row -> row.text("id"),
                ROWS));
    }

    /// Removes a session's events and leaves its tombstone.
    void remove(String id, Instant now) {
        for (long upTo = next(id); upTo > 0; upTo = next(id)) {
            long last = upTo;
            step.accept(() -> db.write(
                    "remove events",
                    sql -> sql.update("DELETE FROM session_chunks WHERE session_id = ? AND last_seq <= ?", id, last)));
        }
        step.accept(() -> db.write("bury session", sql -> sql.update("""
                        UPDATE sessions SET forget = 2, forgotten_at = ?, title = NULL, user_id = NULL, thread_id = NULL,
                            request_id = NULL, event_bytes = 0 WHERE id = ?\
                        """, now, id)));
    }

    /// Removes the tombstones made before a time.
    void removeTombstones(Instant before) {
        step.accept(() -> db.write("remove tombstones", sql -> sql.update("""
                        DELETE FROM sessions WHERE id IN (
                            SELECT id FROM sessions WHERE forget = 2 AND forgotten_at < ? LIMIT ?)\
                        """, before, ROWS)));
    }

    /// Removes what an import left that the process before did not finish.
    void removeUnfinishedImports() {
        List<String> unfinished =
                db.read(sql -> sql.list("SELECT id FROM sessions WHERE outcome = 'importing'", row -> row.text("id")));
        unfinished.forEach(this::removeImport);
    }

    /// Removes an import that was not finished, without a trace.
    void removeImport(String id) {
        for (long upTo = next(id); upTo > 0; upTo = next(id)) {
            long last = upTo;
            step.accept(() -> db.write(
                    "remove import",
                    sql -> sql.update("DELETE FROM session_chunks WHERE session_id = ? AND last_seq <= ?", id, last)));
        }
        step.accept(() -> db.write(
                "remove import", sql -> sql.update("DELETE FROM sessions WHERE id = ? AND outcome = 'importing'", id)));
    }

    /// Returns up to which event the next step removes; 0 if there is nothing left.
    private long next(String id) {
        record Size(long last, long bytes) {}
        List<Size> chunks =
                db.read(sql -> sql.list("""
                SELECT last_seq, length(frames) AS bytes FROM session_chunks WHERE session_id = ?
                ORDER BY last_seq LIMIT ?\
                """, row -> new Size(row.number("last_seq"), row.number("bytes")), id, ROWS));
        long upTo = 0;
        long bytes = 0;
        for (Size chunk : chunks) {
            bytes += chunk.bytes();
            if (upTo > 0 && bytes > STEP_BYTES) {
                break;
            }
            upTo = chunk.last();
        }
        return upTo;
    }
}
