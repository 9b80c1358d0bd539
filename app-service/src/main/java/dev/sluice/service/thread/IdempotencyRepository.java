package dev.sluice.service.thread;

import dev.sluice.model.thread.Turn;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows behind `Idempotency-Key`, inside the caller's unit. Keys are kept 24 h per org and thread; an
/// older row counts as absent.
final class IdempotencyRepository {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final String KEY = " WHERE org = ? AND thread_id = ? AND idempotency_key = ?";

    private IdempotencyRepository() {}

    static IdempotencyClaim claim(Sql sql, String org, String threadId, String key, String bodyHash, Instant now) {
        var found = sql.first("SELECT * FROM idempotency" + KEY, Claim::of, org, threadId, key)
                .filter(claim -> claim.createdAt.isAfter(now.minus(KEPT)));
        if (found.isEmpty()) {
            insert(sql, org, threadId, key, bodyHash, now);
            return new IdempotencyClaim.Fresh();
        }
        var claim = found.get();
        if (!claim.bodyHash.equals(bodyHash)) {
            return new IdempotencyClaim.Conflict();
        }
        return claim.answer(sql)
                .<IdempotencyClaim>map(IdempotencyClaim.Answered::new)
                .orElseGet(IdempotencyClaim.Fresh::new);
    }

    /// Also makes the claim if it is gone: a request of the same body that was refused may have released
    /// it.
    static void complete(Sql sql, NewTurn turn, IdempotencyKey key) {
        sql.update(
                """
                INSERT INTO idempotency (org, thread_id, idempotency_key, body_hash, user_message_id,
                    assistant_message_id, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (org, thread_id, idempotency_key) DO UPDATE SET
                    user_message_id = excluded.user_message_id,
                    assistant_message_id = excluded.assistant_message_id
                WHERE user_message_id IS NULL AND body_hash = excluded.body_hash\
                """,
                turn.org(),
                turn.threadId(),
                key.value(),
                key.bodyHash(),
                turn.userMessageId(),
                turn.assistantMessageId(),
                turn.createdAt());
    }

    static void release(Sql sql, String org, String threadId, String key, String bodyHash) {
        sql.update(
                "DELETE FROM idempotency" + KEY + " AND body_hash = ? AND user_message_id IS NULL",
                org,
                threadId,
                key,
                bodyHash);
    }

    static int purge(Sql sql, Instant olderThan, int limit) {
        return Math.toIntExact(sql.update("""
            DELETE FROM idempotency WHERE (org, thread_id, idempotency_key) IN (
                SELECT org, thread_id, idempotency_key FROM idempotency
                WHERE created_at < ? ORDER BY created_at LIMIT ?)\
            """, olderThan, limit));
    }

    private static void insert(Sql sql, String org, String threadId, String key, String bodyHash, Instant now) {
        sql.update("""
            INSERT INTO idempotency (org, thread_id, idempotency_key, body_hash, created_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (org, thread_id, idempotency_key) DO UPDATE SET
                body_hash = excluded.body_hash, created_at = excluded.created_at,
                user_message_id = NULL, assistant_message_id = NULL\
            """, org, threadId, key, bodyHash, now);
    }

    private record Claim(
            String bodyHash,
            @Nullable String userMessageId,
            @Nullable String assistantMessageId,
            Instant createdAt) {
        static Claim of(Row row) {
            return new Claim(
                    row.text("body_hash"),
                    row.textOrNull("user_message_id"),
                    row.textOrNull("assistant_message_id"),
                    row.instant("created_at"));
        }

        Optional<Turn> answer(Sql sql) {
            return userMessageId == null || assistantMessageId == null
                    ? Optional.empty()
                    : Optional.of(MessageRepository.turn(sql, userMessageId, assistantMessageId));
        }
    }
}
