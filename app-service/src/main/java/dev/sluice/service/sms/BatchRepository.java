package dev.sluice.service.sms;

import dev.sluice.service.sms.text.Address;
import dev.sluice.service.sms.text.ConsentWord;
import dev.sluice.service.sms.verdict.Label;
import dev.sluice.service.sms.verdict.Method;
import dev.sluice.service.sms.verdict.Verdict;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is done about a closed window, step by step durable. Thread-safe.
final class BatchRepository {
    private final Database db;

    BatchRepository(Database db) {
        this.db = db;
    }

    /// Reads a batch with its texts and what was done so far.
    Batch load(String id) {
        return db.read(sql -> {
            List<Batch.Text> texts = sql.list(
                    "SELECT t.id AS id, t.said_at AS said_at, t.body AS body, t.twin_of AS twin_of FROM "
                            + WindowRepository.WITH_TEXTS + " WHERE w.id = ? ORDER BY t.said_at, t.ordinal",
                    row -> new Batch.Text(
                            row.text("id"),
                            row.instant("said_at"),
                            Optional.ofNullable(row.textOrNull("body")),
                            row.textOrNull("twin_of")),
                    id);
            StoredReply reply = sql.first("SELECT * FROM replies WHERE window_id = ?", BatchRepository::reply, id)
                    .orElse(null);
            return sql.first("""
                            SELECT w.*, s.address AS address, s.kind AS kind, s.region AS region,
                                s.opted_out_at AS opted_out_at, s.held AS held, s.own_auto_reply AS own_auto_reply
                            FROM windows w JOIN senders s ON s.id = w.sender_id WHERE w.id = ?\
                            """, row -> batch(row, texts, reply), id)
                    .orElseThrow(() -> new IllegalStateException("no window " + id));
        });
    }

    /// Notes under which session a batch's processing is told.
    void inSession(String id, String session) {
        db.write("note a session", sql -> sql.update("UPDATE windows SET session_id = ? WHERE id = ?", session, id));
    }

    /// Notes that the provider is about to be asked, so that it is never asked again for this batch.
    void asking(String id, String provider, String model, Instant at) {
        db.write(
                "note a classification",
                sql -> sql.update(
                        "UPDATE windows SET asked_at = ?, provider = ?, model = ? WHERE id = ?",
                        at,
                        provider,
                        model,
                        id));
    }

    /// Stores the verdict.
    void verdict(String id, Verdict verdict, Instant at) {
        db.write(
                "store a verdict",
                sql -> sql.update(
                        "UPDATE windows SET label = ?, method = ?, why = ?, verdict_at = ? WHERE id = ?",
                        verdict.label().name(),
                        verdict.method().name(),
                        verdict.why(),
                        at,
                        id));
    }

    /// Stores the intent to reply: from here on bytes of it may be on their way. Nothing is stored if the
    /// sender has opted out, is held or is not to be answered by now.
    ///
    /// @param now asked inside the transaction, so that what an operator changed before it counts
    /// @return whether it is stored
    boolean intend(String id, Intended intended, Supplier<Permission> now, Instant at) {
        return db.write("intend a reply", sql -> {
            Permission permission = now.get();
            boolean wanted =
                    permission.outbound && sql.number("""
                                    SELECT COUNT(*) AS n FROM senders s JOIN windows w ON w.sender_id = s.id
                                    WHERE w.id = ? AND w.state = 'claimed' AND s.held = 0
                                        AND (s.opted_out_at IS NULL OR ?)
                                        AND COALESCE(s.own_auto_reply, ?)\
                                    """, id, intended.despiteOptOut(), permission.autoReply) == 1;
            if (wanted) {
                insert(sql, id, intended, at);
            }
            return wanted;
        });
    }

    /// Notes that a reply of which not a byte was sent goes out now, as [#intend] does.
    ///
    /// @return false if nothing may be sent any more
    boolean sending(String replyId, Supplier<Permission> now) {
        return db.write("send a reply", sql -> {
            Permission permission = now.get();
            return permission.outbound && sql.update("""
                            UPDATE replies SET state = 'intent', tries = tries + 1
                            WHERE id = ? AND state = 'ready' AND EXISTS (SELECT 1 FROM senders s
                                WHERE s.id = replies.sender_id AND s.held = 0
                                    AND (s.opted_out_at IS NULL OR replies.kind = 'help')
                                    AND COALESCE(s.own_auto_reply, ?))\
                            """, replyId, permission.autoReply) == 1;
        });
    }

    /// Notes that not a byte of a reply was sent, so that it may be sent again.
    void notSent(String replyId, String reason) {
        db.write(
                "note an undelivered reply",
                sql -> sql.update(
                        "UPDATE replies SET state = 'ready', reason = ? WHERE id = ? AND state = 'intent'",
                        reason,
                        replyId));
    }

    /// Notes how a reply ended that was being sent.
    void settled(String replyId, ReplyState state, @Nullable String providerId, @Nullable String reason, Instant at) {
        db.write("settle a reply", sql -> settle(sql, replyId, state, providerId, reason, at));
    }

    /// Ends a batch: its reply's state, its outcome and the note for other systems in one transaction.
    ///
    /// @param reply how its reply ended; null if it has none, or that is stored already
    /// @param post whether another system is to be told
    ///
    /// @return whether it had not ended before
    boolean end(String id, @Nullable Settled reply, Outcome outcome, boolean post, Instant now, Instant wall) {
        return db.write("end a batch", sql -> {
            if (reply != null) {
                settle(sql, reply.id, reply.state, reply.providerId, reply.reason, wall);
            }
            boolean ended = sql.update("""
                    UPDATE windows SET state = 'done', outcome = ?, outcome_reason = ?, ended_at = ?
                    WHERE id = ? AND state = 'claimed'\
                    """, outcome.kind().name(), outcome.reason(), now, id) > 0;
            if (ended && post) {
                sql.update("INSERT INTO batch_posts (window_id, due_at) VALUES (?, ?)", id, now);
            }
            return ended;
        });
    }

    /// Counts the replies to a sender since a time, those under way and those that may have been sent
    /// included.
    int repliesSince(String senderId, Instant since) {
        return db.read(sql -> (int) sql.number(
                "SELECT COUNT(*) AS n FROM replies WHERE sender_id = ? AND intent_at > ? AND state <> 'refused'",
                senderId,
                since));
    }

    /// Tells whether a sender was sent that text in the day before a time.
    boolean wasReplied(String senderId, String text, Instant now) {
        return db.read(sql -> sql.number(
                        "SELECT COUNT(*) AS n FROM replies WHERE sender_id = ? AND intent_at > ? AND digest = ?",
                        senderId,
                        now.minus(Duration.ofDays(1)),
                        Digest.of(text)))
                > 0;
    }

    /// Tells when a sender was last answered that text; empty if never.
    Optional<Instant> lastHelp(String senderId) {
        return db.read(sql -> sql.first(
                "SELECT intent_at FROM replies WHERE sender_id = ? AND kind = 'help' ORDER BY intent_at DESC LIMIT 1",
                row -> row.instant("intent_at"),
                senderId));
    }

    static void insert(Sql sql, @Nullable String windowId, Intended intended, Instant at) {
        sql.update(
                """
                INSERT INTO replies (id, org, sender_id, window_id, kind, state, body, digest, segments, sent_by,
                    tries, intent_at) VALUES (?, ?, ?, ?, ?, 'intent', ?, ?, ?, ?, 1, ?)\
                """,
                intended.id,
                intended.org,
                intended.senderId,
                windowId,
                intended.kind.name().toLowerCase(Locale.ROOT),
                intended.text,
                Digest.of(intended.text),
                intended.segments,
                intended.sentBy,
                at);
    }

    static long settle(
            Sql sql,
            String replyId,
            ReplyState state,
            @Nullable String providerId,
            @Nullable String reason,
            Instant at) {
        return sql.update(
                "UPDATE replies SET state = ?, provider_id = ?, reason = ?, settled_at = ? WHERE id = ?",
                state.wireName(),
                providerId,
                reason,
                at,
                replyId);
    }

    static StoredReply reply(Row row) {
        return new StoredReply(
                row.text("id"),
                ReplyState.of(row.text("state")),
                row.textOrNull("body"),
                (int) row.number("segments"),
                (int) row.number("tries"),
                row.instant("intent_at"),
                row.textOrNull("reason"));
    }

    static Address address(Row row) {
        return new Address(
                row.text("address"),
                Address.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                row.textOrNull("region"));
    }

    private static Batch batch(Row row, List<Batch.Text> texts, @Nullable StoredReply reply) {
        String consent = row.textOrNull("consent");
        Long ownAutoReply = row.numberOrNull("own_auto_reply");
        return new Batch(
                row.text("id"),
                row.text("org"),
                new Batch.Sender(
                        row.text("sender_id"),
                        address(row),
                        row.instantOrNull("opted_out_at") != null,
                        row.flag("held"),
                        ownAutoReply == null ? null : ownAutoReply != 0),
                new Batch.Times(row.instant("opened_at"), row.instant("deadline_at"), row.instant("closed_at")),
                row.text("close_reason"),
                consent == null ? null : ConsentWord.valueOf(consent.toUpperCase(Locale.ROOT)),
                texts,
                row.instantOrNull("asked_at") != null,
                verdict(row),
                reply,
                row.textOrNull("session_id"));
    }

    private static @Nullable Verdict verdict(Row row) {
        String label = row.textOrNull("label");
        return label == null
                ? null
                : new Verdict(
                        Label.valueOf(label),
                        Method.valueOf(row.text("method")),
                        row.textOrNull("why"),
                        row.textOrNull("model"));
    }

    /// What the settings say about replies at a moment.
    ///
    /// @param outbound whether any may leave
    /// @param autoReply whether senders are answered that have no rule of their own
    record Permission(boolean outbound, boolean autoReply) {}

    /// A reply that is to be sent.
    ///
    /// @param despiteOptOut whether it may go to somebody who wants none: the answer to HELP
    record Intended(
            String id,
            String org,
            String senderId,
            Kind kind,
            String text,
            int segments,
            String sentBy,
            boolean despiteOptOut) {
        /// Why a reply is sent.
        enum Kind {
            /// By the verdict.
            AUTO,
            /// To HELP.
            HELP,
            /// An operator wrote it.
            MANUAL
        }
    }

    /// How a reply ended.
    record Settled(
            String id,
            ReplyState state,
            @Nullable String providerId,
            @Nullable String reason) {}
}
