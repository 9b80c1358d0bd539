package dev.sluice.service.sms;

import dev.sluice.service.replay.Retention;
import dev.sluice.service.session.Kind;
import dev.sluice.service.session.NewSession;
import dev.sluice.service.session.Outcome;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.sms.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells what is done about batches: to their sessions, and in the log lines that operators search for.
/// Thread-safe.
final class BatchLogs {
    private static final System.Logger LOG = System.getLogger(BatchLogs.class.getName());
    private static final Retention RETENTION = Retention.whole(256 << 10);

    private final Sessions sessions;
    private final BatchRepository repository;
    private final InstantSource clock;
    /// The logs of batches that are in process or put off, by the batches' ids.
    private final Map<String, BatchLog> open = new ConcurrentHashMap<>();

    BatchLogs(Sessions sessions, BatchRepository repository, InstantSource clock) {
        this.sessions = sessions;
        this.repository = repository;
        this.clock = clock;
    }

    /// Returns the log of a batch: that of its present claim, or a new one.
    ///
    /// @param claims the claim's number
    BatchLog open(Batch batch, int claims) {
        return open.computeIfAbsent(batch.id(), _ -> begin(batch, claims));
    }

    void asking(BatchLog log, Classifier.Asked asked) {
        log.tell("classifying", Map.of("provider", asked.name(), "model", asked.model()));
    }

    void verdict(BatchLog log, Batch batch, Verdict verdict) {
        LOG.log(
                Level.INFO,
                "CONSOLIDATED CLASSIFICATION | From: " + from(batch) + " | Result: "
                        + verdict.label().contractName() + " | Label: " + verdict.label() + " | Method: "
                        + verdict.method() + (verdict.why() == null ? "" : " | Why: " + verdict.why()));
        log.tell("verdict", described(verdict));
    }

    void waits(BatchLog log, String reason) {
        log.waits(reason);
    }

    void intent(BatchLog log, String replyId, int segments, String sender) {
        log.tell("intent", Map.of("reply_id", replyId, "segments", segments, "sender", sender));
    }

    void retry(BatchLog log, String reason, Duration pause) {
        log.tell("undelivered", Map.of("reason", reason, "again_in_ms", pause.toMillis()));
    }

    /// Ends the log of a batch that was handled.
    void end(BatchLog log, Batch batch, Verdict verdict, dev.sluice.service.sms.Outcome outcome) {
        String reason = outcome.reason() == null ? "" : " | Reason: " + outcome.reason();
        String about = " | From: " + from(batch) + " | Batch: " + batch.id();
        switch (outcome.kind()) {
            case SENT -> LOG.log(Level.INFO, "AUTO-REPLY SENT (batch)" + about);
            case REFUSED, UNKNOWN ->
                LOG.log(Level.WARNING, "AUTO-REPLY " + outcome.kind() + " (batch)" + about + reason);
            case SUPPRESSED -> {}
        }
        LOG.log(
                Level.INFO,
                "BATCH PROCESSING COMPLETE" + about + " | Count: "
                        + batch.texts().size() + " | Outcome: " + outcome.kind() + reason);
        var what = new LinkedHashMap<String, Object>(described(verdict));
        what.put("outcome", outcome.kind().name());
        what.put("reason", text(outcome.reason()));
        open.remove(batch.id());
        log.end("complete", what, Outcome.COMPLETED);
    }

    /// Ends the log of a batch whose handling failed.
    void failed(String batchId) {
        BatchLog log = open.remove(batchId);
        if (log != null) {
            log.end(
                    "error",
                    Map.of("error", "Handling this batch failed; the service's log says why."),
                    Outcome.FAILED);
        }
    }

    private BatchLog begin(Batch batch, int claims) {
        String id = session(batch);
        repository.inSession(batch.id(), id); // first: what fails after it goes on in another session
        var session = new NewSession(
                id,
                Kind.SMS,
                batch.org(),
                clock.instant(),
                batch.texts().size() + " texts",
                batch.sender().id(),
                null,
                batch.id(),
                null,
                null,
                false);
        var log = new BatchLog(sessions, id, batch.id(), sessions.beginBeside(session, RETENTION), clock);
        if (claims == 1) {
            LOG.log(
                    Level.INFO,
                    "CONSOLIDATION TIMEOUT | From: " + from(batch) + " | Processing "
                            + batch.texts().size() + " buffered message(s)");
        }
        LOG.log(
                Level.INFO,
                "BATCH RECEIVED | From: " + from(batch) + " | Count: "
                        + batch.texts().size());
        log.tell("claimed", claimed(batch, claims));
        return log;
    }

    /// Returns a session's id that no earlier claim of the batch has taken.
    private static String session(Batch batch) {
        String before = batch.session();
        if (before == null) {
            return batch.id();
        }
        int counted = before.lastIndexOf('_');
        return batch.id() + "_" + (counted < 0 ? 2 : Integer.parseInt(before.substring(counted + 1)) + 1);
    }

    private static Map<String, Object> claimed(Batch batch, int claims) {
        var what = new LinkedHashMap<String, Object>();
        what.put("sender_id", batch.sender().id());
        what.put("claim", claims);
        what.put("opened_at", batch.times().openedAt().toString());
        what.put("deadline_at", batch.times().deadlineAt().toString());
        what.put("closed_at", batch.times().closedAt().toString());
        what.put("close_reason", batch.closeReason());
        what.put("texts", batch.texts().stream().map(Batch.Text::id).toList());
        what.put(
                "twins",
                batch.texts().stream()
                        .filter(text -> text.twinOf() != null)
                        .map(Batch.Text::id)
                        .toList());
        return what;
    }

    private static Map<String, Object> described(Verdict verdict) {
        var what = new LinkedHashMap<String, Object>();
        what.put("label", verdict.label().name());
        what.put("result", verdict.label().contractName());
        what.put("method", verdict.method().name());
        what.put("why", text(verdict.why()));
        what.put("model", text(verdict.model()));
        return what;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String from(Batch batch) {
        return batch.sender().address().masked();
    }
}
