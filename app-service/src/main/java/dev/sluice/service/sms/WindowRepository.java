package dev.sluice.service.sms;

import dev.sluice.service.consolidate.WindowHead;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.consolidate.WindowState;
import dev.sluice.service.consolidate.WindowStore;
import dev.sluice.service.sms.OpenDeadlines.Forecast;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Windows of texts, as the engine asks for them. Thread-safe.
final class WindowRepository implements WindowStore {
    private static final String HEAD = "SELECT id, sender_id, number, state, deadline_at FROM windows ";

    /// Whether a text, t, is one of a window's, w: the index finds a sender's texts by when they were said.
    static final String ITS_TEXT = "t.sender_id = w.sender_id"
            + " AND t.said_at BETWEEN w.first_said_at AND w.last_said_at AND t.window_id = w.id";

    /// Windows and their texts.
    static final String WITH_TEXTS = "windows w JOIN texts t ON " + ITS_TEXT;

    private final Database db;
    private final OpenDeadlines deadlines;

    WindowRepository(Database db) {
        this.db = db;
        this.deadlines = new OpenDeadlines(db);
    }

    static WindowHead head(Row row) {
        return new WindowHead(
                row.text("id"),
                row.text("sender_id"),
                (int) row.number("number"),
                WindowState.of(row.text("state")),
                row.instant("deadline_at"));
    }

    @Override
    public List<WindowHead> close(List<String> ids, Instant now) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String in = "id IN (" + String.join(", ", Collections.nCopies(ids.size(), "?")) + ")";
        var parameters = new ArrayList<Object>(List.of(now, now));
        parameters.addAll(ids);
        return db.write("close windows", sql -> {
            sql.update(
                    "UPDATE windows SET state = 'closed', closed_at = ?, close_reason = 'deadline'"
                            + " WHERE state = 'open' AND deadline_at <= ? AND " + in,
                    parameters.toArray());
            return sql.list(HEAD + "WHERE " + in, WindowRepository::head, ids.toArray());
        });
    }

    @Override
    public Optional<Claim> claim(String id, boolean again, Instant now) {
        return db.write("claim a window", sql -> {
            long taken = sql.update("""
                    UPDATE windows SET state = 'claimed', claimed_at = ?, claims = claims + ?
                    WHERE id = ? AND state IN ('closed', 'claimed')\
                    """, now, again ? 0 : 1, id);
            return taken == 0
                    ? Optional.empty()
                    : sql.first(
                            "SELECT id, sender_id, number, state, deadline_at, claims FROM windows WHERE id = ?",
                            row -> new Claim(head(row), (int) row.number("claims")),
                            id);
        });
    }

    @Override
    public int failed(String id, String why, Instant now) {
        return db.write("note a failure", sql -> {
            sql.update(
                    "UPDATE windows SET state = 'closed', failures = failures + 1, failure = ?"
                            + " WHERE id = ? AND state = 'claimed'",
                    why,
                    id);
            return (int) sql.number("SELECT failures AS n FROM windows WHERE id = ?", id);
        });
    }

    @Override
    public void quarantine(String id, String why, Instant now) {
        db.write("quarantine a window", sql -> {
            // a reply that may be on its way is not to be called suppressed
            boolean sending = sql.update(
                            "UPDATE replies SET state = 'unknown', reason = 'handling its batch failed'"
                                    + " WHERE window_id = ? AND state = 'intent'",
                            id)
                    > 0;
            sql.update("DELETE FROM replies WHERE window_id = ? AND state = 'ready'", id); // not a byte was sent
            return sql.update("""
                    UPDATE windows SET state = ?, failure = ?, outcome = ?, outcome_reason = 'quarantined',
                        ended_at = ? WHERE id = ? AND state IN ('closed', 'claimed')\
                    """, sending ? "done" : "quarantined", why, sending ? "UNKNOWN" : "SUPPRESSED", now, id);
        });
    }

    @Override
    public List<WindowHead> unfinished(@Nullable String after, int limit) {
        return db.read(sql -> sql.list(
                HEAD + "WHERE state IN ('open', 'held', 'closed', 'claimed') AND id > ? ORDER BY id LIMIT ?",
                WindowRepository::head,
                after == null ? "" : after,
                limit));
    }

    @Override
    public Redated redate(@Nullable String after, int limit, Redating how, Instant now) {
        return deadlines.redate(after, limit, how, now);
    }

    @Override
    public List<WindowHead> open(@Nullable String after, @Nullable String last) {
        return deadlines.open(after, last);
    }

    /// Counts what rules would do to the windows that are open now.
    Forecast forecast(WindowRules rules, Instant now) {
        return deadlines.forecast(rules, now);
    }
}
