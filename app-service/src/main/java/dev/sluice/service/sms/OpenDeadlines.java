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
    private static final long HOLD_NANOS = 4_000_000;

    /// So many windows go by one statement.
    private static final int RANGE = 250;

    /// The states are named as the index names them, or SQLite would not use it.
    private static final String UNFINISHED = "state IN ('open', 'held', 'closed', 'claimed') AND id > ?1";

    private static final String OPEN = UNFINISHED + " AND state = 'open'";

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
            int changed = 0;
            int seen = 0;
            String last = first;
            do {
                int size = Math.min(RANGE, limit - seen);
                String from = last;
                last = last(sql, from, size);
                changed += redate(sql, from, last, size, target);
                seen += size;
            } while (last != null && seen < limit && System.nanoTime() - began < HOLD_NANOS);
            return new Redated(changed, last);
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

    /// Returns the last of so many windows; null if there are not so many. Asks for more than the open
    /// ones, since the index alone tells these, in a tenth of the time.
    private static @Nullable String last(Sql sql, String after, int size) {
        return sql.first(
                        "SELECT id FROM windows WHERE " + UNFINISHED + " ORDER BY id LIMIT 1 OFFSET ?2",
                        row -> row.text("id"),
                        after,
                        size - 1)
                .orElse(null);
    }

    /// Returns how many of the range have another deadline now.
    private static int redate(Sql sql, String after, @Nullable String last, int size, DeadlineTarget target) {
        String range = OPEN + (last == null ? "" : " AND id <= ?2");
        @Nullable Object[] parameters = target.allParameters(after, last);
        int moved = (int) sql.update(
                "UPDATE windows SET " + target.changes() + " WHERE " + range + " AND " + target.moves(), parameters);
        if (moved < size && !target.adopts().isEmpty()) {
            sql.update(
                    "UPDATE windows SET " + target.adopts() + " WHERE " + range + " AND " + target.differs(),
                    parameters);
        }
        return moved;
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
}
