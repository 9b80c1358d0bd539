package dev.sluice.service.thread;

import dev.sluice.model.thread.Turn;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.coalesce.Coalescer;
import dev.sluice.service.coalesce.Flight;
import dev.sluice.service.coalesce.FlightKey;
import dev.sluice.service.coalesce.OverloadedException;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.provider.CallsStoppedException;
import dev.sluice.service.provider.Lane;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.RetryPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Answers messages: decides who shares whose call. Thread-safe.
public final class ThreadService {
    static final String CALLS_STOPPED = CallsStoppedException.MESSAGE;
    static final Duration CALLS_STOPPED_RETRY = Duration.ofSeconds(30);

    private static final Duration OVERLOADED_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Coalescer<ChatResult> coalescer;
    private final Lanes lanes;
    private final ChatPolicy policy;
    private final ChatTools tools;
    private final ActiveRequests active = new ActiveRequests();
    private final AtomicLong outboundChanges = new AtomicLong();
    private final AtomicBoolean callsWereAllowed = new AtomicBoolean(true);

    /// @param budgets what each org may cause in calls, all features together
    /// @param ids makes ids of messages and audit rows
    /// @param contextMessages how many earlier messages a prompt takes at most
    public ThreadService(
            Coalescer<ChatResult> coalescer,
            Lanes lanes,
            ThreadRepository repository,
            ChatMetrics metrics,
            ChatPolicy policy,
            OrgBudgets budgets,
            Clock clock,
            Supplier<String> ids,
            int contextMessages) {
        this(coalescer, lanes, tools(repository, metrics, policy, budgets, clock, ids, contextMessages));
    }

    ThreadService(Coalescer<ChatResult> coalescer, Lanes lanes, ChatTools tools) {
        this.coalescer = coalescer;
        this.lanes = lanes;
        this.policy = tools.policy();
        this.tools = tools;
    }

    private static ChatTools tools(
            ThreadRepository repository,
            ChatMetrics metrics,
            ChatPolicy policy,
            OrgBudgets budgets,
            Clock clock,
            Supplier<String> ids,
            int contextMessages) {
        var newest = new NewestTurns();
        var unstored = new UnstoredTurns(
                turn -> newest.stored(
                        turn.threadId(),
                        repository.storeTurn(turn).assistantMessage().sequence()),
                clock,
                task -> Thread.ofVirtual().name("unstored-turns").start(task),
                UnstoredTurns.Limits.DEFAULT);
        return new ChatTools(
                repository,
                newest,
                unstored,
                metrics,
                policy,
                budgets,
                RetryPolicy.DEFAULT,
                () -> ThreadLocalRandom.current().nextDouble(),
                clock,
                ids,
                contextMessages);
    }

    /// Has a message answered: by a flight of its own, another's, or a kept result.
    ///
    /// @throws ApiException 400, 404, 422 or 503; the request then has no role
    Asked ask(Question question) {
        Lane lane;
        try {
            lane = lanes.resolve(question.provider());
        } catch (ProviderException refused) {
            throw ChatErrors.ofProvider(refused, refused.retryAfter().orElse(OVERLOADED_RETRY));
        }
        requireThread(question);
        Optional<Turn> answered = claim(question);
        if (answered.isPresent()) {
            return new Asked.Answered(StoredAnswers.result(answered.get()));
        }
        var work = work(question, lane);
        FlightKey key = ChatKey.of(question, lane.provider().name(), work.model(), tools.contextMessages());
        String bypass = bypass(question);
        Duration linger = policy.linger(question.streamed());
        try {
            Attachment<ChatResult> attachment = bypass == null
                    ? coalescer.join(key, work, result -> stillNewest(question, result), linger)
                    : coalescer.alone(key, work, linger);
            if (attachment.role() == Role.REUSED) { // a kept failure answers it: its own claim came to nothing
                work.releaseClaim();
            }
            return new Asked.Flying(attachment, bypass);
        } catch (OverloadedException full) {
            if (!full.flying()) { // else the claim is that flight's
                work.releaseClaim();
            }
            throw overloaded(full);
        } catch (RuntimeException refused) { // nothing was done: the key is free for another body
            work.releaseClaim();
            throw refused;
        }
    }

    /// Gives a follower another flight if its own never began; see [Coalescer#reelect].
    ///
    /// @return empty if the failure stands
    Optional<Asked.Flying> askAgain(Question question, Attachment<ChatResult> failed) {
        try {
            var work = work(question, lanes.resolve(question.provider()));
            return coalescer
                    .reelect(failed, work, result -> stillNewest(question, result))
                    .map(attachment -> new Asked.Flying(attachment, null));
        } catch (ProviderException | OverloadedException | ApiException refused) {
            return Optional.empty(); // the first failure is told: it came first
        }
    }

    private ChatWork work(Question question, Lane lane) {
        String model = question.model() == null ? lane.provider().defaultModel() : question.model();
        return new ChatWork(question, lane, model, tools);
    }

    /// Goes on listening to a flight of that thread; never starts one.
    ///
    /// @return empty if there is no such flight in memory
    /// @throws ApiException 503 if it takes no more listeners
    Optional<Asked.Flying> resume(Question question, String flightId) {
        Predicate<Object> same = work -> work instanceof ChatWork chat
                && chat.question().org().equals(question.org())
                && chat.question().threadId().equals(question.threadId());
        try {
            return coalescer
                    .resume(flightId, same, policy.linger(true))
                    .map(attachment -> new Asked.Flying(attachment, null));
        } catch (OverloadedException full) {
            throw overloaded(full);
        }
    }

    /// The same for every cursor that leads nowhere, so that nobody learns which flights others have.
    static ApiException nothingToResume() {
        return ApiException.conflict("Nothing can be resumed from that Last-Event-ID; post the message without it.");
    }

    private static ApiException overloaded(OverloadedException full) {
        return ApiException.unavailable(String.valueOf(full.getMessage()), OVERLOADED_RETRY);
    }

    /// Returns the flights in the air.
    public Collection<Flight<ChatResult>> inAir() {
        return coalescer.inAir();
    }

    /// Returns flights that ended a short while ago.
    public Collection<Flight<ChatResult>> ended() {
        return coalescer.ended();
    }

    /// Aborts a flight whoever listens; false if it is not in the air.
    public boolean cancelFlight(String flightId) {
        return coalescer.cancel(flightId);
    }

    /// Returns the answered turns that could not be stored yet.
    public UnstoredTurns unstored() {
        return tools.unstored();
    }

    /// Returns whether new calls may begin, as far as the service's life is concerned.
    public boolean accepting() {
        return coalescer.accepting();
    }

    /// To be called after each change of [ChatPolicy#callsAllowed]; a call without one does nothing, so
    /// that the grace of a stop is not lengthened by whatever else is changed meanwhile.
    ///
    /// Once calls are not allowed, new flights are refused (kept results still serve), flights that wait
    /// for a slot or for their next try end at once, and those being answered end after
    /// [ChatPolicy#stopGrace], unless calls are allowed again before.
    public void outboundChanged() {
        boolean allowed = policy.callsAllowed();
        if (callsWereAllowed.getAndSet(allowed) == allowed) {
            return;
        }
        long change = outboundChanges.incrementAndGet();
        if (allowed) {
            return;
        }
        stopCalls(flight -> flight.work() instanceof ChatWork work && work.state() == ChatState.QUEUED);
        tools.clock().after(policy.stopGrace(), () -> {
            if (outboundChanges.get() == change && !policy.callsAllowed()) {
                stopCalls(_ -> true);
            }
        });
    }

    private void stopCalls(Predicate<Flight<ChatResult>> which) {
        coalescer.inAir().stream().filter(which).forEach(flight -> coalescer.stop(flight.id(), CALLS_STOPPED));
    }

    /// Ends the service's chat side: new calls are refused, those in the air have the grace, then their
    /// listeners are told that the service stops.
    public void windDown(Duration grace) throws InterruptedException {
        if (!coalescer.awaitEnd(grace)) {
            coalescer.close();
            coalescer.awaitEnd(LAST_WORDS);
        }
        tools.unstored().attempt();
    }

    ActiveRequests active() {
        return active;
    }

    /// Forgets a deleted thread's answers.
    void deleted(String threadId) {
        tools.newest().deleted(threadId);
        tools.unstored().deleted(threadId);
    }

    private void requireThread(Question question) {
        if (!tools.repository().exists(question.org(), question.threadId())) {
            throw ApiException.notFound("There is no such thread.");
        }
    }

    private Optional<Turn> claim(Question question) {
        IdempotencyKey key = question.idempotencyKey();
        if (key == null) {
            return Optional.empty();
        }
        var claim = tools.repository()
                .claim(
                        question.org(),
                        question.threadId(),
                        key.value(),
                        key.bodyHash(),
                        tools.clock().now());
        return switch (claim) {
            case IdempotencyClaim.Fresh() -> Optional.empty();
            case IdempotencyClaim.Answered(Turn turn) -> Optional.of(turn);
            case IdempotencyClaim.Conflict() ->
                throw ApiException.unprocessable(
                        "Idempotency-Key", "This Idempotency-Key was used with another body in the last 24 hours.");
        };
    }

    /// An Idempotency-Key promises one turn, whatever the switches say: its key is its own, so nobody else
    /// shares it.
    private @Nullable String bypass(Question question) {
        if (question.idempotencyKey() != null) {
            return null;
        }
        if (question.alone() != null) {
            return question.alone();
        }
        if (!policy.enabled()) {
            return "disabled";
        }
        return question.streamed() && !policy.streamsEnabled() ? "stream-disabled" : null;
    }

    private boolean stillNewest(Question question, ChatResult result) {
        return tools.newest()
                .isNewest(question.threadId(), result.turn().assistantMessage().sequence());
    }
}
