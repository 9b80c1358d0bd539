package dev.sluice.service.sms;

import dev.sluice.model.Json;
import dev.sluice.model.sms.BatchDetail;
import dev.sluice.model.sms.BatchView;
import dev.sluice.service.consolidate.SteadyTime;
import dev.sluice.service.sms.reply.BatchWebhook;
import dev.sluice.service.sms.reply.BatchWebhook.Result;
import dev.sluice.service.sms.text.Address;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tells another system of batches that ended, one after the other, each until it is taken or a day has
/// passed. What is to be told is durable with the batch's end. Thread-safe.
final class BatchPosts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BatchPosts.class.getName());
    private static final int PAGE = 50;
    private static final int MAX_TRIES = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

    private final Database db;
    private final SenderRepository senders;
    private final BatchWebhook webhook;
    private final SteadyTime time;
    private final SteadyTime.Alarm alarm;

    BatchPosts(Database db, SenderRepository senders, BatchWebhook webhook, SteadyTime time) {
        this.db = db;
        this.senders = senders;
        this.webhook = webhook;
        this.time = time;
        this.alarm = time.alarm(this::deliver);
    }

    /// Looks soon for what is to be told.
    void soon() {
        alarm.set(time.now());
    }

    @Override
    public void close() {
        alarm.close();
    }

    private void deliver() {
        try {
            for (List<Due> due = due(); !due.isEmpty(); due = due()) {
                due.forEach(this::post);
            }
            next().ifPresent(alarm::set);
        } catch (StoreUnavailableException sick) {
            LOG.log(Level.WARNING, "event=batch_posts_wait reason=" + sick.reason());
            alarm.set(time.now().plusSeconds(5));
        } catch (RuntimeException broken) {
            LOG.log(Level.ERROR, "event=batch_posts_failed", broken);
            alarm.set(time.now().plusSeconds(60));
        }
    }

    private List<Due> due() {
        return db.read(sql -> sql.list(
                "SELECT window_id, tries FROM batch_posts WHERE due_at <= ? ORDER BY due_at LIMIT ?",
                row -> new Due(row.text("window_id"), (int) row.number("tries")),
                time.now(),
                PAGE));
    }

    private Optional<Instant> next() {
        return db.read(sql ->
                sql.first("SELECT due_at FROM batch_posts ORDER BY due_at LIMIT 1", row -> row.instant("due_at")));
    }

    private void post(Due due) {
        var batch = senders.batch(due.windowId, null, true);
        if (batch.isEmpty()) {
            done(due.windowId);
            return;
        }
        switch (webhook.post(due.windowId, Json.bytes(document(batch.get())))) {
            case Result.Delivered _ -> done(due.windowId);
            case Result.GiveUp(String reason) -> {
                LOG.log(Level.ERROR, "event=batch_post_refused batch=" + due.windowId + " reason=\"" + reason + '"');
                done(due.windowId);
            }
            case Result.Retry(String reason, Duration wanted) -> again(due, reason, wanted);
        }
    }

    private void again(Due due, String reason, @Nullable Duration wanted) {
        int tries = due.tries + 1;
        if (tries >= MAX_TRIES) {
            LOG.log(Level.ERROR, "event=batch_post_given_up batch=" + due.windowId + " reason=\"" + reason + '"');
            done(due.windowId);
            return;
        }
        Duration backoff = Duration.ofSeconds(1L << Math.min(tries, 12));
        Duration pause = wanted != null && wanted.compareTo(backoff) > 0 ? wanted : backoff;
        Instant next = time.now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        db.write(
                "put off a batch's post",
                sql -> sql.update(
                        "UPDATE batch_posts SET due_at = ?, tries = ?, failure = ? WHERE window_id = ?",
                        next,
                        tries,
                        reason,
                        due.windowId));
    }

    private void done(String windowId) {
        db.write("end a batch's post", sql -> sql.update("DELETE FROM batch_posts WHERE window_id = ?", windowId));
    }

    /// The receiver builds on the texts, so it gets them and the full number.
    private Map<String, Object> document(BatchDetail detail) {
        BatchView batch = detail.batch();
        var document = new LinkedHashMap<String, Object>();
        document.put("id", batch.id());
        document.put("org", batch.org());
        document.put(
                "sender",
                senders.address(batch.senderId(), null).map(Address::value).orElse(""));
        document.put("sender_id", batch.senderId());
        document.put("opened_at", batch.openedAt().toString());
        document.put("closed_at", String.valueOf(batch.closedAt()));
        document.put(
                "texts",
                detail.texts().stream()
                        .map(text -> Map.of(
                                "id",
                                text.id(),
                                "said_at",
                                text.saidAt().toString(),
                                "text",
                                text.text() == null ? "" : text.text(),
                                "twin",
                                text.twinOf() != null))
                        .toList());
        document.put(
                "verdict",
                Map.of(
                        "label", String.valueOf(batch.label()),
                        "result", String.valueOf(batch.result()),
                        "method", String.valueOf(batch.method())));
        document.put(
                "outcome",
                Map.of(
                        "kind",
                        String.valueOf(batch.outcome()),
                        "reason",
                        batch.reason() == null ? "" : batch.reason()));
        document.put("reply", detail.reply() == null ? "" : detail.reply());
        return document;
    }

    private record Due(String windowId, int tries) {}
}
