package dev.sluice.service.thread;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.model.thread.AuditRow;
import dev.sluice.model.thread.CreateThread;
import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.PatchThread;
import dev.sluice.model.thread.ThreadCreated;
import dev.sluice.model.thread.ThreadDetail;
import dev.sluice.model.thread.ThreadSummary;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.session.SessionRepository;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Threads, their messages and audit, and the idempotency keys of their requests.
///
/// What org A holds does not exist for org B. Instants are kept to the microsecond. Every method throws
/// [dev.sluice.service.store.StoreUnavailableException] when the disk does not play along. Thread-safe.
public final class ThreadRepository {
    private static final int PREVIEW_CHARS = 120;
    private static final int KNOWN_THREADS = 50_000;

    private final Database db;

    /// Threads known to exist: each message asks. What is not here may exist all the same.
    private final Cache<Place, @Nullable Boolean> known =
            Caffeine.newBuilder().maximumSize(KNOWN_THREADS).build();

    /// @param db where everything is kept; all threads are deleted through this object
    public ThreadRepository(Database db) {
        this.db = db;
    }

    /// Creates an empty thread.
    ///
    /// @param threadId not in use, in any org
    public ThreadCreated create(String org, String threadId, CreateThread request, Instant now) {
        var createdAt = now.truncatedTo(ChronoUnit.MICROS);
        db.write(
                "create thread",
                sql -> sql.update(
                        """
                        INSERT INTO threads (id, org, user_id, title, description, created_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)\
                        """,
                        threadId,
                        org,
                        request.userId(),
                        request.title(),
                        request.description(),
                        createdAt,
                        createdAt));
        return new ThreadCreated(threadId, createdAt);
    }

    /// Returns an org's threads: pinned ones first, then by their latest change.
    public List<ThreadSummary> list(String org, int limit) {
        return db.read(sql -> sql.list("""
            SELECT t.id, t.title, t.created_at, t.updated_at, t.pinned,
                (SELECT substr(m.content, 1, 120) FROM messages m
                    WHERE m.thread_id = t.id ORDER BY m.sequence DESC LIMIT 1) AS preview,
                (SELECT m.provider FROM messages m WHERE m.thread_id = t.id AND m.provider IS NOT NULL
                    ORDER BY m.sequence DESC LIMIT 1) AS last_provider,
                (SELECT m.model FROM messages m WHERE m.thread_id = t.id AND m.provider IS NOT NULL
                    ORDER BY m.sequence DESC LIMIT 1) AS last_model
            FROM threads t WHERE t.org = ?
            ORDER BY t.pinned DESC, t.updated_at DESC, t.id DESC LIMIT ?\
            """, ThreadRepository::summary, org, limit));
    }

    /// Returns a thread with all its messages, oldest first.
    public Optional<ThreadDetail> find(String org, String threadId) {
        return db.read(sql -> sql.first(
                "SELECT * FROM threads WHERE org = ? AND id = ?",
                row -> new ThreadDetail(
                        row.text("id"),
                        row.text("org"),
                        row.textOrNull("title"),
                        row.textOrNull("description"),
                        row.instant("created_at"),
                        sql.list(
                                "SELECT * FROM messages WHERE thread_id = ? ORDER BY sequence",
                                MessageRepository::read,
                                threadId)),
                org,
                threadId));
    }

    /// Returns whether the org has this thread.
    public boolean exists(String org, String threadId) {
        // absence is not kept: the thread may be created
        return known.get(new Place(org, threadId), _ -> db.read(sql -> exists(sql, org, threadId)) ? true : null)
                != null;
    }

    /// Changes what `patch` names.
    ///
    /// @return false if the org has no such thread
    public boolean update(String org, String threadId, PatchThread patch, Instant now) {
        return db.write("update thread", sql -> sql.update("""
            UPDATE threads SET title = COALESCE(?, title), pinned = COALESCE(?, pinned),
                updated_at = ?
            WHERE org = ? AND id = ?\
            """, patch.title(), patch.pinned(), now, org, threadId)) > 0;
    }

    /// Deletes a thread with its messages, turns, idempotency keys and audit; nobody is shown its
    /// sessions any more.
    ///
    /// @return how many sessions it had; empty if the org has no such thread
    public OptionalLong delete(String org, String threadId) {
        OptionalLong sessions = db.write(
                "delete thread",
                sql -> sql.update("DELETE FROM threads WHERE org = ? AND id = ?", org, threadId) > 0
                        ? OptionalLong.of(SessionRepository.forgetThread(sql, threadId))
                        : OptionalLong.empty());
        // waits for whoever is just reading that it exists
        known.invalidate(new Place(org, threadId));
        return sessions;
    }

    /// Returns the newest messages, oldest of them first.
    public List<Message> lastMessages(String threadId, int limit) {
        return db.read(sql -> sql.list(
                        "SELECT * FROM messages WHERE thread_id = ? ORDER BY sequence DESC LIMIT ?",
                        MessageRepository::read,
                        threadId,
                        limit)
                .reversed());
    }

    /// Returns the newest message's sequence; 0 if there is no message.
    public long newestSequence(String threadId) {
        return db.read(sql -> newestSequence(sql, threadId));
    }

    /// Stores a turn with everything that belongs to it, or returns the one already stored for its flight.
    ///
    /// @throws ThreadGoneException if the thread does not exist any more; no row appears
    public Turn storeTurn(NewTurn turn) {
        return db.write("store turn", sql -> storeTurn(sql, turn));
    }

    /// Claims an idempotency key for a request with this body.
    ///
    /// @throws ThreadGoneException if the org has no such thread
    public IdempotencyClaim claim(String org, String threadId, String key, String bodyHash, Instant now) {
        return db.write("claim idempotency key", sql -> {
            requireThread(sql, org, threadId);
            return IdempotencyRepository.claim(sql, org, threadId, key, bodyHash, now);
        });
    }

    /// Gives a claim back whose request failed or was refused; an answered one stays.
    public void releaseClaim(String org, String threadId, String key, String bodyHash) {
        db.<@Nullable Void>write("release idempotency key", sql -> {
            IdempotencyRepository.release(sql, org, threadId, key, bodyHash);
            return null;
        });
    }

    /// Removes up to `limit` of the oldest keys claimed before `olderThan`, and returns how many.
    public int purgeIdempotency(Instant olderThan, int limit) {
        return db.write("purge idempotency keys", sql -> IdempotencyRepository.purge(sql, olderThan, limit));
    }

    /// Returns a thread's provider calls, latest first; empty if the org has no such thread.
    public List<AuditRow> audit(String org, String threadId, int limit) {
        return db.read(sql -> sql.list("""
            SELECT * FROM thread_audit WHERE thread_id = ? AND org = ?
            ORDER BY created_at DESC, id DESC LIMIT ?\
            """, ThreadRepository::auditRow, threadId, org, limit));
    }

    private static Turn storeTurn(Sql sql, NewTurn turn) {
        Before before = sql.first(
                        """
                        SELECT (SELECT COUNT(*) FROM threads WHERE org = ? AND id = ?) AS there,
                            (SELECT COALESCE(MAX(sequence), 0) FROM messages WHERE thread_id = ?) AS newest,
                            (SELECT user_message_id FROM turns WHERE flight_id = ?) AS question,
                            (SELECT assistant_message_id FROM turns WHERE flight_id = ?) AS answer\
                        """, Before::of, turn.org(), turn.threadId(), turn.threadId(), turn.flightId(), turn.flightId())
                .orElseThrow();
        if (before.question() != null && before.answer() != null) {
            return MessageRepository.turn(sql, before.question(), before.answer());
        }
        if (!before.there()) {
            throw new ThreadGoneException(turn.threadId());
        }
        Turn stored = MessageRepository.insert(sql, turn, before.newest() + 1);
        sql.update(
                "INSERT INTO turns (flight_id, thread_id, user_message_id, assistant_message_id) VALUES (?, ?, ?, ?)",
                turn.flightId(),
                turn.threadId(),
                turn.userMessageId(),
                turn.assistantMessageId());
        insertAudit(sql, turn);
        if (turn.idempotencyKey() != null) {
            IdempotencyRepository.complete(sql, turn, turn.idempotencyKey());
        }
        // a turn whose storing was retried may be older than the thread's latest change
        sql.update(
                "UPDATE threads SET updated_at = ? WHERE id = ? AND updated_at < ?",
                turn.createdAt(),
                turn.threadId(),
                turn.createdAt());
        return stored;
    }

    private static void insertAudit(Sql sql, NewTurn turn) {
        sql.update(
                """
                INSERT INTO thread_audit (id, org, thread_id, provider, model, reason, scope, package_hash,
                    response_hash, prompt_tokens, completion_tokens, total_tokens, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                turn.auditId(),
                turn.org(),
                turn.threadId(),
                turn.provider(),
                turn.model(),
                turn.reason(),
                turn.scope(),
                turn.packageHash(),
                turn.responseHash(),
                turn.promptTokens(),
                turn.completionTokens(),
                turn.totalTokens(),
                turn.createdAt());
    }

    private static boolean exists(Sql sql, String org, String threadId) {
        return sql.number("SELECT COUNT(*) AS n FROM threads WHERE org = ? AND id = ?", org, threadId) > 0;
    }

    private static void requireThread(Sql sql, String org, String threadId) {
        if (!exists(sql, org, threadId)) {
            throw new ThreadGoneException(threadId);
        }
    }

    private static long newestSequence(Sql sql, String threadId) {
        return sql.number("SELECT COALESCE(MAX(sequence), 0) AS n FROM messages WHERE thread_id = ?", threadId);
    }

    private static ThreadSummary summary(Row row) {
        return new ThreadSummary(
                row.text("id"),
                row.textOrNull("title"),
                preview(row.textOrNull("preview")),
                row.textOrNull("last_provider"),
                row.textOrNull("last_model"),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.flag("pinned"));
    }

    // SQL counts code points, clients count UTF-16 units: cut again, never through a surrogate pair
    private static @Nullable String preview(@Nullable String content) {
        if (content == null || content.length() <= PREVIEW_CHARS) {
            return content;
        }
        boolean split = Character.isHighSurrogate(content.charAt(PREVIEW_CHARS - 1));
        return content.substring(0, split ? PREVIEW_CHARS - 1 : PREVIEW_CHARS);
    }

    private static AuditRow auditRow(Row row) {
        return new AuditRow(
                row.text("id"),
                row.text("provider"),
                row.text("model"),
                row.textOrNull("reason"),
                row.text("scope"),
                row.text("package_hash"),
                row.text("response_hash"),
                row.number("prompt_tokens"),
                row.number("completion_tokens"),
                row.number("total_tokens"),
                row.instant("created_at"));
    }

    /// A thread's name: the org is part of it.
    private record Place(String org, String threadId) {}

    /// What a turn finds when it comes to be stored.
    ///
    /// @param there whether the org has its thread
    /// @param newest the thread's newest sequence
    /// @param question the id of its question, if its flight's turn is stored already
    /// @param answer the id of its answer, likewise
    private record Before(
            boolean there,
            long newest,
            @Nullable String question,
            @Nullable String answer) {
        static Before of(Row row) {
            return new Before(
                    row.number("there") > 0,
                    row.number("newest"),
                    row.textOrNull("question"),
                    row.textOrNull("answer"));
        }
    }
}
