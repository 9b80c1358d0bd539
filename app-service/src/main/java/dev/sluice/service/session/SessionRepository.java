package dev.sluice.service.session;

import dev.sluice.model.session.SessionView;
import dev.sluice.service.session.SessionFilter.Place;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows that sessions are found by. Thread-safe.
public final class SessionRepository {
    private final Database db;

    /// @param db where sessions are kept
    public SessionRepository(Database db) {
        this.db = db;
    }

    /// Stores a session that begins, before its first event.
    public void insert(NewSession session) {
        db.write("begin session", sql -> insert(sql, session));
    }

    /// Finds a session.
    public Optional<SessionView> find(String id) {
        return db.read(sql -> sql.first(
                "SELECT * FROM sessions WHERE id = ? AND forget = 0 AND outcome IS NOT 'importing'",
                SessionRepository::view,
                id));
    }

    /// Tells whether a tenant, or any if it is null, had a session of that id which is gone: too old, or
    /// forgotten.
    boolean gone(String id, @Nullable String org) {
        return db.read(sql -> sql.number("""
                        SELECT count(*) AS n FROM sessions WHERE id = ? AND forget > 0 AND (? IS NULL OR org = ?)\
                        """, id, org, org) > 0);
    }

    /// Marks the sessions of a thread as to be forgotten, in the transaction that deletes the thread.
    ///
    /// @return how many there were
    public static long forgetThread(Sql sql, String threadId) {
        return sql.update(
                "UPDATE sessions SET forget = 1 WHERE thread_id = ? AND forget = 0 AND imported_from IS NULL",
                threadId);
    }

    /// Marks the sessions of a sender's batches as to be forgotten, inside another unit; returns how many.
    public static long forgetSender(Sql sql, String senderId) {
        return sql.update("UPDATE sessions SET forget = 1 WHERE kind = 'sms' AND user_id = ? AND forget = 0", senderId);
    }

    /// Returns what a search found, newest first.
    public List<SessionView> list(SessionFilter filter) {
        var query = new Query(filter);
        return db.read(sql -> sql.list(query.text(), SessionRepository::view, query.parameters()));
    }

    /// Returns the sessions that were running when the process before this one ended.
    List<SessionView> running() {
        return db.read(
                sql -> sql.list("SELECT * FROM sessions WHERE outcome IS NULL ORDER BY id", SessionRepository::view));
    }

    /// Gives an unfinished session a new life, so that whatever was seen of the old one and is lost is
    /// never shown again under the same ids.
    ///
    /// @return the new epoch
    String revive(String id) {
        return db.write("revive session", sql -> {
            long lives = sql.number("SELECT lives AS n FROM sessions WHERE id = ?", id) + 1;
            String epoch = id + "-" + lives;
            sql.update("UPDATE sessions SET lives = ?, epoch = ? WHERE id = ?", lives, epoch, id);
            return epoch;
        });
    }

    /// Stores a row unless it is there. A session of a thread that was deleted meanwhile is never shown.
    static long insert(Sql sql, NewSession session) {
        return sql.update(
                """
                INSERT INTO sessions (id, kind, org, epoch, created_at, title, user_id, thread_id, request_id, provider,
                    model, simulated, forget)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                    CASE WHEN ? IS NULL OR EXISTS (SELECT 1 FROM threads WHERE id = ?) THEN 0 ELSE 1 END)
                ON CONFLICT (id) DO NOTHING\
                """,
                session.id(),
                session.kind().wireName(),
                session.org(),
                session.id(),
                session.createdAt(),
                session.title(),
                session.userId(),
                session.threadId(),
                session.requestId(),
                session.provider(),
                session.model(),
                session.simulated(),
                session.threadId(),
                session.threadId());
    }

    static SessionView view(Row row) {
        String outcome = row.textOrNull("outcome");
        return new SessionView(
                row.text("id"),
                row.text("kind"),
                row.text("org"),
                outcome == null ? "running" : "ended",
                outcome,
                row.instant("created_at"),
                row.instantOrNull("ended_at"),
                row.text("epoch"),
                row.number("last_seq"),
                row.number("event_bytes"),
                row.textOrNull("title"),
                row.textOrNull("user_id"),
                row.textOrNull("thread_id"),
                row.textOrNull("request_id"),
                row.textOrNull("provider"),
                row.textOrNull("model"),
                row.flag("simulated"),
                row.textOrNull("imported_from"));
    }

    /// A search as SQL.
    private static final class Query {
        private final StringBuilder text =
                new StringBuilder("SELECT * FROM sessions WHERE forget = 0 AND outcome IS NOT 'importing'");
        private final List<@Nullable Object> parameters = new ArrayList<>();

        Query(SessionFilter filter) {
            equal("org", filter.org());
            equal("kind", filter.kind());
            equal("outcome", filter.outcome());
            equal("provider", filter.provider());
            equal("request_id", filter.requestId());
            equal("thread_id", filter.threadId());
            compare("kind = 'sms' AND user_id = ?", filter.senderId());
            if (filter.state() != null) {
                text.append(filter.state().equals("running") ? " AND outcome IS NULL" : " AND outcome IS NOT NULL");
            }
            contains(filter.text());
            compare("created_at >= ?", filter.from());
            compare("created_at < ?", filter.to());
            after(filter.before());
            text.append(" ORDER BY created_at DESC, id DESC LIMIT ?");
            parameters.add(filter.limit());
        }

        String text() {
            return text.toString();
        }

        @Nullable
        Object[] parameters() {
            return parameters.toArray();
        }

        private void equal(String column, @Nullable String value) {
            compare(column + " = ?", value);
        }

        private void compare(String condition, @Nullable Object value) {
            if (value != null) {
                text.append(" AND ").append(condition);
                parameters.add(value);
            }
        }

        private void contains(@Nullable String wanted) {
            if (wanted != null) {
                text.append(" AND instr(lower(id || ' ' || coalesce(title, '') || ' ' || coalesce(user_id, '') || ' '")
                        .append(" || coalesce(thread_id, '') || ' ' || coalesce(request_id, '')), lower(?)) > 0");
                parameters.add(wanted);
            }
        }

        private void after(@Nullable Place place) {
            if (place != null) {
                text.append(" AND (created_at, id) < (?, ?)");
                parameters.add(place.createdAt());
                parameters.add(place.id());
            }
        }
    }
}
