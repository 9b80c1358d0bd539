package dev.sluice.service.sms;

import dev.sluice.service.consolidate.WindowHead;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.consolidate.WindowState;
import dev.sluice.service.consolidate.WindowStore;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Windows of texts, as the engine asks for them. Thread-safe.
final class WindowRepository implements WindowStore {
    private static final String HEAD = "SELECT id, sender_id, number, state, deadline_at FROM windows ";

    private final Database db;

    WindowRepository(Database db) {
        this.db = db;
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
        return db.write("redate windows", sql -> {
            List<Dated> page = dated(sql, after, limit);
            var changed = new ArrayList<WindowHead>();
            for (Dated window : page) {
                Instant deadline = deadline(window, how, now);
                adopt(sql, window, how);
                if (!deadline.equals(window.head.deadline())) {
                    sql.update("UPDATE windows SET deadline_at = ? WHERE id = ?", deadline, window.head.id());
                    changed.add(new WindowHead(
                            window.head.id(), window.head.key(), window.head.number(), WindowState.OPEN, deadline));
                }
            }
            return new Redated(
                    changed, page.size() < limit ? null : page.getLast().head.id());
        });
    }

    /// A window that is retimed goes by the new rules from then on, after a restart too.
    private static void adopt(Sql sql, Dated window, Redating how) {
        if (how instanceof Redating.ByRules(WindowRules rules) && !window.ownRules) {
            sql.update(
                    "UPDATE windows SET length_ms = ?, slide_ms = ?, cap_ms = ? WHERE id = ?",
                    rules.window().toMillis(),
                    rules.sliding() ? rules.window().toMillis() : null,
                    rules.sliding() ? rules.cap().toMillis() : null,
                    window.head.id());
        }
    }

    /// Counts what rules would do to the windows that are open now.
    Forecast forecast(WindowRules rules, Instant now) {
        return db.read(sql -> {
            String after = null;
            int open = 0;
            int moved = 0;
            int due = 0;
            List<Dated> page;
            do {
                page = dated(sql, after, 2_000);
                for (Dated window : page) {
                    Instant deadline = deadline(window, new Redating.ByRules(rules), now);
                    open++;
                    moved += deadline.equals(window.head.deadline()) ? 0 : 1;
                    due += deadline.isAfter(now) ? 0 : 1;
                }
                after = page.isEmpty() ? null : page.getLast().head.id();
            } while (page.size() == 2_000);
            return new Forecast(open, moved, due);
        });
    }

    private static List<Dated> dated(Sql sql, @Nullable String after, int limit) {
        return sql.list(
                """
                SELECT id, sender_id, number, state, deadline_at, opened_at, latest_at, length_ms, own_rules FROM windows
                WHERE state IN ('open', 'held', 'closed', 'claimed') AND state = 'open' AND id > ?
                ORDER BY id LIMIT ?\
                """,
                row -> new Dated(
                        head(row),
                        row.instant("opened_at"),
                        row.instant("latest_at"),
                        Duration.ofMillis(row.number("length_ms")),
                        row.flag("own_rules")),
                after == null ? "" : after,
                limit);
    }

    private static Instant deadline(Dated window, Redating how, Instant now) {
        Instant current = window.head.deadline();
        return switch (how) {
            case Redating.ByRules(WindowRules rules) ->
                window.ownRules ? current : rules.deadline(window.openedAt, window.latestAt);
            case Redating.DueNow() -> current.isBefore(now) ? current : now;
            case Redating.WithinLength() -> {
                Instant furthest = now.plus(window.length);
                yield current.isAfter(furthest) ? furthest : current;
            }
        };
    }

    /// What a change of the rules would do.
    ///
    /// @param open windows that are open
    /// @param moved those whose deadline would change if open windows were retimed
    /// @param due those that would then close at once
    record Forecast(int open, int moved, int due) {}

    private record Dated(WindowHead head, Instant openedAt, Instant latestAt, Duration length, boolean ownRules) {}
}
