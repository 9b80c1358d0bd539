package dev.sluice.service.sms;

import dev.sluice.model.sms.Segments;
import dev.sluice.service.consolidate.WindowHead;
import dev.sluice.service.consolidate.WindowState;
import dev.sluice.service.session.SessionRepository;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.sms.BatchRepository.Intended;
import dev.sluice.service.sms.SmsAudit.Actor;
import dev.sluice.service.sms.reply.Delivery;
import dev.sluice.service.sms.reply.Reply;
import dev.sluice.service.sms.reply.ReplySender;
import dev.sluice.service.sms.text.Address;
import dev.sluice.service.sms.verdict.Label;
import dev.sluice.service.sms.verdict.Method;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.Sql;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What operators do about batches, replies and what is known of a sender; each with its entry in the
/// audit. Thread-safe.
final class BatchActions {
    private static final System.Logger LOG = System.getLogger(BatchActions.class.getName());

    private final Database db;
    private final SmsAudit audit;
    private final ReplySender sender;
    private final SmsPolicy policy;
    private final Sessions sessions;
    private final Ids ids;
    private final InstantSource wall;

    BatchActions(
            Database db,
            SmsAudit audit,
            ReplySender sender,
            SmsPolicy policy,
            Sessions sessions,
            Ids ids,
            InstantSource wall) {
        this.db = db;
        this.audit = audit;
        this.sender = sender;
        this.policy = policy;
        this.sessions = sessions;
        this.ids = ids;
        this.wall = wall;
    }

    /// Replies left in mid-air by an operator's reply when the process died: nobody knows of them.
    void takeUp() {
        db.write("settle interrupted replies", sql -> sql.update("""
                        UPDATE replies SET state = 'unknown', reason = 'the service ended while it was being sent',
                            settled_at = ? WHERE state = 'intent' AND window_id IS NULL\
                        """, wall.instant()));
    }

    /// Sends an operator's own text, once.
    ///
    /// @return how it went; [Delivery.NotDelivered] means that nothing was sent and nothing will be
    /// @throws ActionRefusedException if there is no such sender, or nothing may be sent to it
    Delivery reply(String senderId, String text, Actor actor) {
        if (!sender.real()) {
            throw ActionRefusedException.conflict(
                    "SMS_SENDER is " + sender.name() + ": nothing can be sent. Nothing was.");
        }
        int segments = Segments.of(text).segments();
        String id = ids.next("r", wall.instant());
        Address to = db.write("intend an operator's reply", sql -> {
            Address address = sendable(sql, senderId, actor);
            String org = sql.first("SELECT org FROM senders WHERE id = ?", row -> row.text("org"), senderId)
                    .orElseThrow();
            BatchRepository.insert(
                    sql,
                    null,
                    new Intended(id, org, senderId, Intended.Kind.MANUAL, text, segments, sender.name(), false),
                    wall.instant());
            note(sql, actor, "sender.replied", senderId, null, id + ", " + segments + " segments");
            return address;
        });
        Delivery delivery = sender.send(new Reply(id, to, text));
        try {
            settle(id, delivery);
        } catch (StoreUnavailableException sick) {
            // it was sent, or not, all the same: whoever asked must not ask again
            LOG.log(Level.WARNING, "event=reply_not_settled reply=" + id + " reason=" + sick.reason());
        }
        return delivery;
    }

    /// Corrects a batch's label. What was answered was answered.
    ///
    /// @throws ActionRefusedException if there is no such batch or it has no verdict yet
    void relabel(String batchId, Label label, Actor actor) {
        db.write("relabel a batch", sql -> {
            String before = sql.first(
                            "SELECT COALESCE(label, '') AS label FROM windows WHERE id = ? AND (? IS NULL OR org = ?)",
                            row -> row.text("label"),
                            batchId,
                            actor.org(),
                            actor.org())
                    .orElseThrow(ActionRefusedException::noBatch);
            if (before.isEmpty()) {
                throw ActionRefusedException.conflict("The batch has no verdict yet.");
            }
            note(sql, actor, "batch.relabelled", batchId, before, label.name());
            return sql.update(
                    "UPDATE windows SET label = ?, method = ?, why = NULL WHERE id = ?",
                    label.name(),
                    Method.OPERATOR.name(),
                    batchId);
        });
    }

    /// Says what became of a reply of which nobody knew, as the operator found out at the provider's.
    ///
    /// @throws ActionRefusedException if there is no such batch or its reply is not unknown
    void settleUnknown(String batchId, boolean sent, Actor actor) {
        db.write("settle an unknown reply", sql -> {
            var _ = sql.first(
                            "SELECT id FROM windows WHERE id = ? AND (? IS NULL OR org = ?)",
                            row -> row.text("id"),
                            batchId,
                            actor.org(),
                            actor.org())
                    .orElseThrow(ActionRefusedException::noBatch);
            long settled = sql.update(
                    "UPDATE replies SET state = ?, reason = ?, settled_at = ? WHERE window_id = ? AND state = 'unknown'",
                    (sent ? ReplyState.SENT : ReplyState.REFUSED).wireName(),
                    "an operator found out",
                    wall.instant(),
                    batchId);
            if (settled == 0) {
                throw ActionRefusedException.conflict("The batch has no reply that nobody knows of.");
            }
            note(sql, actor, "batch.settled", batchId, "unknown", sent ? "sent" : "not sent");
            return sql.update(
                    "UPDATE windows SET outcome = ?, outcome_reason = 'an operator found out' WHERE id = ?",
                    sent ? "SENT" : "REFUSED",
                    batchId);
        });
    }

    /// Has a batch tried again that could not be handled.
    ///
    /// @return how its window is now
    /// @throws ActionRefusedException if there is no such batch, it is not quarantined, or a reply to it
    ///     may have been sent
    WindowHead retry(String batchId, Actor actor) {
        return db.write("retry a batch", sql -> {
            WindowHead window = sql.first(
                            "SELECT id, sender_id, number, state, deadline_at FROM windows WHERE id = ?"
                                    + " AND (? IS NULL OR org = ?)",
                            WindowRepository::head,
                            batchId,
                            actor.org(),
                            actor.org())
                    .orElseThrow(ActionRefusedException::noBatch);
            if (window.state() != WindowState.QUARANTINED) {
                throw ActionRefusedException.conflict(
                        "The batch is " + window.state().wireName() + ".");
            }
            if (sql.number("SELECT COUNT(*) AS n FROM replies WHERE window_id = ?", batchId) > 0) {
                throw ActionRefusedException.conflict("A reply to the batch may have been sent.");
            }
            sql.update("""
                    UPDATE windows SET state = 'closed', claims = 0, failures = 0, outcome = NULL, outcome_reason = NULL,
                        ended_at = NULL WHERE id = ?\
                    """, batchId);
            note(sql, actor, "batch.retried", batchId, "quarantined", "closed");
            return new WindowHead(window.id(), window.key(), window.number(), WindowState.CLOSED, window.deadline());
        });
    }

    /// Lets a text count that was taken for another one's twin, or takes it for one; before it is handled.
    ///
    /// @throws ActionRefusedException if there is no such text, it is no twin, or it was handled
    void countTwin(String textId, Actor actor) {
        db.write("count a twin", sql -> {
            String state = sql.first("""
                            SELECT w.state AS state FROM texts t JOIN windows w ON w.id = t.window_id
                            WHERE t.id = ? AND t.twin_of IS NOT NULL AND (? IS NULL OR t.org = ?)\
                            """, row -> row.text("state"), textId, actor.org(), actor.org())
                    .orElseThrow(() -> ActionRefusedException.conflict("There is no such text that is a twin."));
            if (!state.equals("open") && !state.equals("held")) {
                throw ActionRefusedException.conflict("Its window has closed.");
            }
            note(sql, actor, "text.counted", textId, "twin", "counts");
            return sql.update("UPDATE texts SET twin_of = NULL WHERE id = ?", textId);
        });
    }

    /// Removes what is known of a person: address, texts, replies, and the events of its sessions. What
    /// stays are numbers and times, and the guids, so that a repeated delivery is not taken for a new text.
    ///
    /// @return what was removed, by kind
    /// @throws ActionRefusedException if there is no such sender, or texts of it wait
    Map<String, Long> forget(String senderId, Actor actor) {
        Map<String, Long> removed = db.write("forget a sender", sql -> {
            Address address = known(sql, senderId, actor);
            long waiting = sql.number(
                    "SELECT COUNT(*) AS n FROM windows WHERE sender_id = ?"
                            + " AND state IN ('open', 'held', 'closed', 'claimed')",
                    senderId);
            if (waiting > 0) {
                throw ActionRefusedException.conflict("Texts of the sender wait: flush or drop them first.");
            }
            long texts = sql.update(
                    "UPDATE texts SET body = NULL, digest = '' WHERE sender_id = ? AND body IS NOT NULL", senderId);
            long replies = sql.update(
                    "UPDATE replies SET body = NULL, digest = '', provider_id = NULL WHERE sender_id = ?"
                            + " AND body IS NOT NULL",
                    senderId);
            long gone = SessionRepository.forgetSender(sql, senderId);
            sql.first(
                            "SELECT org, opted_out_at FROM senders WHERE id = ? AND opted_out_at IS NOT NULL",
                            row -> new Stop(row.text("org"), row.instant("opted_out_at")),
                            senderId)
                    .ifPresent(stop -> Forgotten.keepStop(sql, stop.org, address.value(), stop.at));
            sql.update("UPDATE senders SET address = 'forgotten:' || id, region = NULL WHERE id = ?", senderId);
            note(sql, actor, "sender.forgotten", senderId, null, texts + " texts, " + replies + " replies");
            return Map.of("texts", texts, "replies", replies, "sessions", gone);
        });
        sessions.sweepSoon();
        return removed;
    }

    /// Tells a sender's full address, and notes that it was told.
    Address unmask(String senderId, Actor actor) {
        return db.write("unmask a sender", sql -> {
            Address address = known(sql, senderId, actor);
            note(sql, actor, "sender.unmasked", senderId, null, null);
            return address;
        });
    }

    /// Takes a provider's report on a reply.
    ///
    /// @param delivered whether it arrived; null if it was only taken so far
    /// @return whether there is such a reply
    boolean report(String sentBy, String providerId, @Nullable Boolean delivered) {
        ReplyState state =
                delivered == null ? ReplyState.SENT : delivered ? ReplyState.DELIVERED : ReplyState.UNDELIVERED;
        return db.write("take a delivery report", sql -> {
            Optional<String> id = sql.first(
                    "SELECT id FROM replies WHERE provider_id = ? AND sent_by = ?",
                    row -> row.text("id"),
                    providerId,
                    sentBy);
            id.ifPresent(each -> sql.update("""
                    UPDATE replies SET state = ?, settled_at = ? WHERE id = ?
                        AND (state IN ('intent', 'unknown') OR (state = 'sent' AND ? <> 'sent'))\
                    """, state.wireName(), wall.instant(), each, state.wireName()));
            return id.isPresent();
        });
    }

    /// Notes what was done to all windows.
    void note(String action, String what, Actor actor) {
        db.write("note an action", sql -> {
            note(sql, actor, action, "windows", null, what);
            return null;
        });
    }

    private Address sendable(Sql sql, String senderId, Actor actor) {
        Address address = known(sql, senderId, actor);
        boolean blocked = sql.number(
                        "SELECT COUNT(*) AS n FROM senders WHERE id = ? AND (opted_out_at IS NOT NULL OR held = 1)",
                        senderId)
                > 0;
        if (blocked) {
            throw ActionRefusedException.conflict("The sender has opted out or is held: nothing was sent.");
        }
        if (!address.answerable()) {
            throw ActionRefusedException.conflict("Such a sender cannot be answered.");
        }
        if (!policy.repliesAllowed()) {
            throw ActionRefusedException.conflict("OUTBOUND does not let replies out: nothing was sent.");
        }
        return address;
    }

    private void settle(String id, Delivery delivery) {
        Instant at = wall.instant();
        db.write("settle an operator's reply", sql -> switch (delivery) {
            case Delivery.Sent(String providerId) ->
                BatchRepository.settle(sql, id, ReplyState.SENT, providerId, null, at);
            case Delivery.Refused(String reason) ->
                BatchRepository.settle(sql, id, ReplyState.REFUSED, null, reason, at);
            case Delivery.Unknown(String reason) ->
                BatchRepository.settle(sql, id, ReplyState.UNKNOWN, null, reason, at);
            case Delivery.NotDelivered(String reason, var _) ->
                BatchRepository.settle(sql, id, ReplyState.REFUSED, null, "not sent: " + reason, at);
        });
    }

    private record Stop(String org, Instant at) {}

    private static Address known(Sql sql, String senderId, Actor actor) {
        return sql.first(
                        "SELECT address, kind, region FROM senders WHERE id = ? AND (? IS NULL OR org = ?)"
                                + " AND address NOT LIKE 'forgotten:%'",
                        BatchRepository::address, senderId, actor.org(), actor.org())
                .orElseThrow(ActionRefusedException::noSender);
    }

    private void note(
            Sql sql, Actor actor, String action, String subject, @Nullable String before, @Nullable String after) {
        audit.append(sql, wall.instant(), actor.name(), action, subject, before, after, actor.reason());
    }
}
