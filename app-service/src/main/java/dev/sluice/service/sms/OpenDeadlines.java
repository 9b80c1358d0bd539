package dev.sluice.service.sms;

import dev.sluice.service.consolidate.WindowHead;
import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.consolidate.WindowState;
import dev.sluice.service.consolidate.WindowStore.Redated;
import dev.sluice.service.consolidate.WindowStore.Redating;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives open windows other deadlines, which SQLite computes: fetching each window and storing it again
/// takes several times as long. Thread-safe.
final class OpenDeadlines {
    /// A transaction takes up no further range after so long; the range it is at and the commit come on
    /// top.
    private static final long HOLD_NANOS = 8_000_000;

    /// So many windows go by one statement.
    private static final int RANGE = 500;

    /// The states are named as the index names them, or SQLite would not use it.
    private static final String OPEN = "state IN ('open', 'held', 'closed', 'claimed') AND state = 'open' AND id > ?1";

    private final Database db;

    OpenDeadlines(Database db) {
        this.db = db;
    }

    /// Does what [dev.sluice.service.consolidate.WindowStore#redate] says.
    Redated redate(@Nullable String after, int limit, Redating how, Instant now) {
        var target = DeadlineTarget.of(how, now);
        String first = after == null ? "" : after;
        // at a start there is hardly ever anything to do: one look at all of them, which holds nobody up, tells
        if (how instanceof Redating.WithinLength && !concernsAny(first, target)) {
            return new Redated(0, null);
        }
        return db.write("redate windows", sql -> {
            long began = System.nanoTime();
            var range = redate(sql, first, Math.min(RANGE, limit), target);
            int seen = range.size;
            int changed = range.moved;
            while (range.more && seen < limit && System.nanoTime() - began < HOLD_NANOS) {
                range = redate(sql, range.last, Math.min(RANGE, limit - seen), target);
                seen += range.size;
                changed += range.moved;
            }
            return new Redated(changed, range.more ? range.last : null);
        });
    }

    /// Does what [dev.sluice.service.consolidate.WindowStore#open] says.
    List<WindowHead> open(@Nullable String after, @Nullable String last) {
        String heads = "SELECT id, sender_id, number, deadline_at FROM windows WHERE " + OPEN;
        String first = after == null ? "" : after;
        return db.read(sql -> last == null
                ? sql.list(heads + " ORDER BY id", OpenDeadlines::head, first)
                : sql.list(heads + " AND id <= ?2 ORDER BY id", OpenDeadlines::head, first, last));
    }

    /// Counts what rules would do to the windows that are open now.
    Forecast forecast(WindowRules rules, Instant now) {
        var target = DeadlineTarget.of(new Redating.ByRules(rules), now);
        String count = "SELECT COUNT(*) AS open, COALESCE(SUM(" + target.moves() + "), 0) AS moved,"
                + " COALESCE(SUM(IIF(own_rules, deadline_at, " + target.deadline() + ") <= ?2), 0) AS due"
                + " FROM windows WHERE " + OPEN;
        return db.read(sql -> sql.list(
                        count,
                        row -> new Forecast(
                                (int) row.number("open"), (int) row.number("moved"), (int) row.number("due")),
                        target.parameters("", now))
                .getFirst());
    }

    private boolean concernsAny(String after, DeadlineTarget target) {
        String any = "SELECT EXISTS (SELECT 1 FROM windows WHERE " + OPEN + " AND " + target.moves() + ") AS n";
        return db.read(sql -> sql.number(any, target.parameters(after, null))) != 0;
    }

    /// Moves the deadlines of the first so many windows.
    private static Range redate(Sql sql, String after, int limit, DeadlineTarget target) {
        var range = sql.list(
                        "SELECT COUNT(*) AS size, COALESCE(MAX(id), ?1) AS last, COALESCE(SUM(" + target.moves()
                                + "), 0) AS moved FROM (SELECT * FROM windows WHERE " + OPEN + " ORDER BY id LIMIT ?2)",
                        row -> {
                            int size = (int) row.number("size");
                            return new Range(row.text("last"), size, (int) row.number("moved"), size == limit);
                        },
                        target.parameters(after, limit))
                .getFirst();
        sql.update(
                "UPDATE windows SET " + target.changes() + " WHERE " + OPEN + " AND id <= ?2 AND " + target.differs(),
                target.allParameters(after, range.last));
        return range;
    }

    private static WindowHead head(Row row) {
        return new WindowHead(
                row.text("id"),
                row.text("sender_id"),
                (int) row.number("number"),
                WindowState.OPEN,
                row.instant("deadline_at"));
    }

    /// What a change of the rules would do.
    ///
    /// @param open windows that are open
    /// @param moved those whose deadline would change if open windows were retimed
    /// @param due those that would then close at once
    record Forecast(int open, int moved, int due) {}

    /// Open windows whose ids follow each other.
    ///
    /// @param moved how many of them have another deadline now
    /// @param more whether there may be more after the last one
    private record Range(String last, int size, int moved, boolean more) {}
}
