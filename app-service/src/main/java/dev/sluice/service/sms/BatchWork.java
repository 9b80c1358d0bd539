package dev.sluice.service.sms;

import dev.sluice.model.sms.Segments;
import dev.sluice.service.consolidate.Processor;
import dev.sluice.service.consolidate.SteadyTime;
import dev.sluice.service.consolidate.WindowStore;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.sms.BatchRepository.Intended;
import dev.sluice.service.sms.BatchRepository.Settled;
import dev.sluice.service.sms.ReplyRules.Decision;
import dev.sluice.service.sms.SmsMetrics.Count;
import dev.sluice.service.sms.reply.Delivery;
import dev.sluice.service.sms.reply.Reply;
import dev.sluice.service.sms.reply.ReplySender;
import dev.sluice.service.sms.verdict.Label;
import dev.sluice.service.sms.verdict.Method;
import dev.sluice.service.sms.verdict.Verdict;
import dev.sluice.service.store.OutcomeUnknownException;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Handles a batch: one verdict, then one reply or a reason for none, each step durable before the next
/// begins. Whatever it finds done it does not do again. Thread-safe.
final class BatchWork implements Processor {
    private static final System.Logger LOG = System.getLogger(BatchWork.class.getName());
    private static final Duration SICK_PAUSE = Duration.ofSeconds(1);
    private static final int MAX_TRIES = 8;

    private final BatchRepository repository;
    private final Classifier classifier;
    private final ReplyRules rules;
    private final ReplySender sender;
    private final BatchLogs logs;
    private final SmsMetrics metrics;
    private final Ids ids;
    private final SteadyTime time;
    private final InstantSource wall;
    private final boolean post;
    /// What became of replies, by their ids, until that is stored: a sick store makes nothing unknown.
    private final Map<String, Delivery> heard = new ConcurrentHashMap<>();

    /// @param post whether other systems are told of batches
    BatchWork(
            BatchRepository repository,
            Classifier classifier,
            ReplyRules rules,
            ReplySender sender,
            Sessions sessions,
            SmsMetrics metrics,
            Ids ids,
            SteadyTime time,
            InstantSource wall,
            boolean post) {
        this.repository = repository;
        this.classifier = classifier;
        this.rules = rules;
        this.sender = sender;
        this.logs = new BatchLogs(sessions, repository, wall);
        this.metrics = metrics;
        this.ids = ids;
        this.time = time;
        this.wall = wall;
        this.post = post;
    }

    @Override
    public Disposition process(WindowStore.Claim claim) throws InterruptedException {
        try {
            Batch batch = repository.load(claim.window().id());
            BatchLog log = logs.open(batch, claim.claims());
            return handle(batch, log);
        } catch (OutcomeUnknownException stopping) {
            throw stopped();
        } catch (StoreUnavailableException sick) {
            if (sick.reason() == StoreUnavailableException.Reason.INTERRUPTED) {
                throw stopped();
            }
            // nothing of the step that failed is done; what came before is found there
            LOG.log(Level.WARNING, "event=batch_waits batch=" + claim.window().id() + " reason=" + sick.reason());
            return later(SICK_PAUSE);
        } catch (RuntimeException | Error failed) {
            LOG.log(
                    Level.ERROR,
                    "BATCH PROCESSING FAILED | batch: " + claim.window().id());
            logs.failed(claim.window().id());
            throw failed;
        }
    }

    /// The service ends; what is stored is found by its next process.
    private static InterruptedException stopped() {
        Thread.interrupted();
        return new InterruptedException("stopped while handling a batch");
    }

    private Disposition handle(Batch batch, BatchLog log) throws InterruptedException {
        StoredReply reply = batch.reply();
        if (reply != null) {
            return takenUp(batch, reply, log);
        }
        Verdict verdict = batch.verdict() == null ? judge(batch, log) : batch.verdict();
        Decision decision = rules.decide(batch, verdict, wall.instant());
        return switch (decision) {
            case Decision.Suppress(String reason) -> suppress(batch, verdict, reason, log);
            case Decision.Wait(String reason, Duration pause) -> {
                logs.waits(log, reason);
                yield later(pause);
            }
            case Decision.Reply wanted -> reply(batch, verdict, wanted, log);
        };
    }

    /// A reply of an earlier claim: what may have been sent is never sent again.
    private Disposition takenUp(Batch batch, StoredReply reply, BatchLog log) {
        Verdict verdict = Objects.requireNonNull(batch.verdict(), "a reply has a verdict");
        return switch (reply.state()) {
            case READY -> again(batch, verdict, reply, log);
            case INTENT -> {
                Delivery known = heard.get(reply.id());
                if (known != null) {
                    yield conclude(batch, verdict, reply.id(), known, reply.tries(), log);
                }
                String reason = "sending it broke off";
                yield end(batch, verdict, new Settled(reply.id(), ReplyState.UNKNOWN, null, reason), log);
            }
            default -> finish(batch, verdict, null, Outcome.of(reply), log);
        };
    }

    private Verdict judge(Batch batch, BatchLog log) throws InterruptedException {
        Verdict verdict = verdict(batch, log);
        repository.verdict(batch.id(), verdict, wall.instant());
        logs.verdict(log, batch, verdict);
        return verdict;
    }

    private Verdict verdict(Batch batch, BatchLog log) throws InterruptedException {
        if (batch.consent() != null) {
            return new Verdict(Label.NEUTRAL, Method.CONSENT_WORD, null, null);
        }
        String joined = batch.joined();
        if (joined.isBlank()) {
            return local(batch, joined, "nothing in it counts");
        }
        if (batch.asked()) {
            return local(batch, joined, "the service ended while the provider was asked");
        }
        var asked = classifier.provider();
        if (asked.isEmpty()) {
            return local(batch, joined, "no provider to ask");
        }
        repository.asking(batch.id(), asked.get().name(), asked.get().model(), wall.instant());
        logs.asking(log, asked.get());
        metrics.add(batch.org(), Count.CLASSIFICATIONS, 1);
        metrics.add(batch.org(), Count.CLASSIFIED_TEXTS, batch.texts().size());
        Verdict verdict = classifier.ask(asked.get(), batch.org(), batch.id(), joined);
        if (verdict.method() == Method.LOCAL_RULES) {
            metrics.add(batch.org(), Count.LOCAL_VERDICTS, 1);
        }
        return verdict;
    }

    private Verdict local(Batch batch, String joined, String why) {
        metrics.add(batch.org(), Count.LOCAL_VERDICTS, 1);
        return Classifier.locally(joined, why);
    }

    private Disposition suppress(Batch batch, Verdict verdict, String reason, BatchLog log) {
        return finish(batch, verdict, null, Outcome.suppressed(reason), log);
    }

    private Disposition reply(Batch batch, Verdict verdict, Decision.Reply wanted, BatchLog log) {
        if (!sender.real()) {
            return suppress(batch, verdict, "sender_is_" + sender.name(), log);
        }
        int segments = Segments.of(wanted.text()).segments();
        var intended = new Intended(
                ids.next("r", wall.instant()),
                batch.org(),
                batch.sender().id(),
                wanted.kind(),
                wanted.text(),
                segments,
                sender.name(),
                wanted.kind() == Intended.Kind.HELP);
        if (!repository.intend(batch.id(), intended, rules::permission, wall.instant())) {
            return later(Duration.ZERO); // something changed meanwhile: decide with what is so now
        }
        logs.intent(log, intended.id(), segments, sender.name());
        return deliver(batch, verdict, intended.id(), wanted.text(), 1, log);
    }

    private Disposition again(Batch batch, Verdict verdict, StoredReply reply, BatchLog log) {
        String text = reply.body();
        Decision decision =
                text == null ? new Decision.Suppress("forgotten") : rules.decideAgain(batch, text, wall.instant());
        return switch (decision) {
            case Decision.Suppress(String reason) ->
                finish(
                        batch,
                        verdict,
                        new Settled(reply.id(), ReplyState.REFUSED, null, "never sent: " + reason),
                        Outcome.suppressed(reason),
                        log);
            case Decision.Wait(String reason, Duration pause) -> {
                logs.waits(log, reason);
                yield later(pause);
            }
            case Decision.Reply(var _, String wanted) -> {
                if (!repository.sending(reply.id(), rules::permission)) {
                    yield later(Duration.ZERO); // something changed meanwhile, as above
                }
                yield deliver(batch, verdict, reply.id(), wanted, reply.tries() + 1, log);
            }
        };
    }

    private Disposition deliver(Batch batch, Verdict verdict, String id, String text, int tries, BatchLog log) {
        Delivery delivery = sender.send(new Reply(id, batch.sender().address(), text));
        heard.put(id, delivery);
        return conclude(batch, verdict, id, delivery, tries, log);
    }

    private Disposition conclude(Batch batch, Verdict verdict, String id, Delivery delivery, int tries, BatchLog log) {
        Disposition disposition = switch (delivery) {
            case Delivery.Sent(String providerId) ->
                end(batch, verdict, new Settled(id, ReplyState.SENT, providerId, null), log);
            case Delivery.Refused(String reason) ->
                end(batch, verdict, new Settled(id, ReplyState.REFUSED, null, reason), log);
            case Delivery.Unknown(String reason) ->
                end(batch, verdict, new Settled(id, ReplyState.UNKNOWN, null, reason), log);
            case Delivery.NotDelivered(String reason, Duration wanted) ->
                undelivered(batch, verdict, id, reason, wanted, tries, log);
        };
        heard.remove(id);
        return disposition;
    }

    private Disposition undelivered(
            Batch batch,
            Verdict verdict,
            String id,
            String reason,
            @Nullable Duration wanted,
            int tries,
            BatchLog log) {
        if (tries >= MAX_TRIES) {
            return end(batch, verdict, new Settled(id, ReplyState.REFUSED, null, "never taken: " + reason), log);
        }
        repository.notSent(id, reason);
        Duration backoff = Duration.ofSeconds(1L << Math.min(tries, 8));
        Duration pause = wanted != null && wanted.compareTo(backoff) > 0 ? wanted : backoff;
        logs.retry(log, reason, pause);
        return later(pause);
    }

    private Disposition end(Batch batch, Verdict verdict, Settled settled, BatchLog log) {
        var kind = switch (settled.state()) {
            case SENT -> Outcome.Kind.SENT;
            case REFUSED -> Outcome.Kind.REFUSED;
            default -> Outcome.Kind.UNKNOWN;
        };
        return finish(batch, verdict, settled, new Outcome(kind, settled.reason()), log);
    }

    private Disposition finish(Batch batch, Verdict verdict, @Nullable Settled settled, Outcome outcome, BatchLog log) {
        Instant now = time.now();
        if (repository.end(batch.id(), settled, outcome, post, now, wall.instant())) {
            count(batch, outcome);
        }
        logs.end(log, batch, verdict, outcome);
        return new Disposition.Done();
    }

    private void count(Batch batch, Outcome outcome) {
        String org = batch.org();
        metrics.add(org, Count.BATCHES, 1);
        switch (outcome.kind()) {
            case SENT -> {
                metrics.add(org, Count.REPLIES, 1);
                metrics.add(org, Count.REPLIED_TEXTS, batch.texts().size());
            }
            case REFUSED -> metrics.add(org, Count.REPLIES_REFUSED, 1);
            case UNKNOWN -> metrics.add(org, Count.REPLIES_UNKNOWN, 1);
            case SUPPRESSED -> metrics.add(org, Count.SUPPRESSED, 1);
        }
    }

    private Disposition later(Duration pause) {
        return new Disposition.Postponed(time.now().plus(pause));
    }
}
