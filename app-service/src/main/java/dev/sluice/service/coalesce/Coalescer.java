package dev.sluice.service.coalesce;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.sluice.service.coalesce.FlightException.Kind;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.LogFullException;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Makes identical concurrent requests one: the first starts a [Flight], the others listen to it, and for a
/// while after
/// it ended they are given what it brought.
///
/// Invariants:
/// - `inAir` holds at most one joinable flight per key; a flight is removed by identity, so the end of an old
///   one never
///   removes its successor;
/// - a result is in `kept` before its flight leaves `inAir`, and a new flight is begun only inside `inAir.compute`
/// after
///   a look at `kept`: a caller always finds the flight, its result, or nobody before it.
///
/// Thread-safe. Nothing here blocks but the listeners' own waits.
///
/// @param <R> what a flight brings home
public final class Coalescer<R> implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Coalescer.class.getName());

    private record Kept<R>(Flight<R> flight, Ending<R> ending, Duration ttl) {}

    private final CoalescerLimits limits;
    private final CoalescerTimes times;
    private final Clock clock;
    private final Supplier<String> ids;
    private final ThreadFactory threads;
    private final Wakeups wakeups;
    private final Semaphore places;
    private final ConcurrentHashMap<FlightKey, Flight<R>> inAir = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Flight<R>> live = new ConcurrentHashMap<>();
    private final Cache<FlightKey, Kept<R>> kept;
    private final Cache<String, Flight<R>> resumable;
    private volatile boolean stopping;

    /// @param ids makes a new flight's id: unique for ever, `[A-Za-z0-9_-]`
    /// @param threads makes the thread of each flight
    public Coalescer(
            CoalescerLimits limits,
            CoalescerTimes times,
            Clock clock,
            Supplier<String> ids,
            ThreadFactory threads,
            Wakeups wakeups) {
        this.limits = limits;
        this.times = times;
        this.clock = clock;
        this.ids = ids;
        this.threads = threads;
        this.wakeups = wakeups;
        this.places = new Semaphore(limits.maxFlights());
        this.kept = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(clock::nanoTime)
                .maximumWeight(limits.maxKeptBytes())
                .weigher((FlightKey key, Kept<R> entry) -> weight(entry.flight()))
                .expireAfter(Expiry.<FlightKey, Kept<R>>writing((key, entry) -> entry.ttl()))
                .build();
        this.resumable = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(clock::nanoTime)
                .maximumWeight(limits.maxKeptBytes())
                .weigher((String id, Flight<R> flight) -> weight(flight))
                .expireAfterWrite(limits.resumable())
                .build();
    }

    /// Joins the flight of that key, is given its kept result, or starts it.
    ///
    /// @param work used only if the caller becomes the leader
    /// @param fresh whether a kept result still answers the question; must be quick and must not block
    /// @param linger how long the flight goes on for this caller after its connection broke
    /// @throws OverloadedException if a new flight is needed and not allowed
    public Attachment<R> join(FlightKey key, Work<R> work, Predicate<? super R> fresh, Duration linger) {
        var attachment = new Attachment<R>(this, linger);
        Flight<R> current = inAir.get(key);
        if (current != null && current.tryAttach(attachment)) {
            return attachment.bind(current, Role.FOLLOWER, true);
        }
        inAir.compute(key, (k, present) -> {
            if (present != null && present.tryAttach(attachment)) {
                attachment.bind(present, Role.FOLLOWER, true);
                return present;
            }
            Kept<R> before = kept.getIfPresent(k);
            if (before != null && usable(before, fresh)) {
                before.flight().attachLate(attachment);
                attachment.bind(before.flight(), Role.REUSED, false);
                return present; // null, or a flight that is being aborted and removes itself
            }
            Flight<R> created = create(k, work, attachment);
            attachment.bind(created, Role.LEADER, true);
            return created;
        });
        if (attachment.role() == Role.LEADER) {
            launch(attachment.flight());
        }
        return attachment;
    }

    /// Starts a flight that nobody else can join.
    ///
    /// @throws OverloadedException if no new flight is allowed
    public Attachment<R> alone(FlightKey key, Work<R> work, Duration linger) {
        var attachment = new Attachment<R>(this, linger);
        Flight<R> flight = create(key, work, attachment);
        attachment.bind(flight, Role.BYPASS, true);
        launch(flight);
        return attachment;
    }

    /// Finds a flight by its id, in the air or ended a short while ago, and listens to it; never starts one.
    ///
    /// @param allowed whether this caller may listen to that flight
    public Optional<Attachment<R>> resume(String id, Predicate<? super Work<R>> allowed, Duration linger) {
        var attachment = new Attachment<R>(this, linger);
        Flight<R> running = live.get(id);
        if (running != null && allowed.test(running.work()) && running.tryAttach(attachment)) {
            return Optional.of(attachment.bind(running, Role.FOLLOWER, true));
        }
        Flight<R> ended = resumable.getIfPresent(id);
        if (ended == null || !allowed.test(ended.work())) {
            return Optional.empty();
        }
        ended.attachLate(attachment);
        return Optional.of(attachment.bind(ended, Role.REUSED, false));
    }

    /// Makes later callers of that key start anew: a kept result is dropped, a flight in the air goes on for
    /// those who
    /// already listen.
    public void invalidate(FlightKey key) {
        inAir.compute(key, (k, _) -> { // one step: a flight that ends now is not kept after it
            kept.invalidate(k);
            return null;
        });
    }

    /// Aborts a flight whoever listens to it; they are told that it was cancelled.
    ///
    /// @return false if there is no such flight in the air, or if it has begun to commit and will land
    public boolean cancel(String id) {
        Flight<R> flight = live.get(id);
        return flight != null && flight.cancel();
    }

    /// Returns the flights in the air, in no order.
    public Collection<Flight<R>> inAir() {
        return Collections.unmodifiableCollection(live.values());
    }

    /// Returns the flights that ended a short while ago and can still be resumed, in no order.
    public Collection<Flight<R>> ended() {
        return Collections.unmodifiableCollection(resumable.asMap().values());
    }

    /// Refuses new flights from now on; those in the air go on.
    public void stopAccepting() {
        stopping = true;
    }

    /// Aborts what is still in the air; its listeners are told that the service stops.
    @Override
    public void close() {
        stopping = true;
        live.values().forEach(Flight::stop);
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    Instant now() {
        return clock.now();
    }

    void deserted(Flight<R> flight, int desertion, Duration linger) {
        if (linger.isZero()) {
            flight.abortIfDeserted(desertion);
        } else {
            clock.after(linger, () -> flight.abortIfDeserted(desertion));
        }
    }

    /// Makes a flight unjoinable by key.
    void forget(Flight<R> flight) {
        inAir.remove(flight.key(), flight);
    }

    /// Files what a flight brought, then takes it out of the air: in this order, so that nobody falls between.
    void settle(Flight<R> flight, Ending<R> ending) {
        try {
            resumable.put(flight.id(), flight);
            Duration ttl = timeToLive(ending);
            inAir.computeIfPresent(flight.key(), (key, present) -> {
                if (present != flight) {
                    return present;
                }
                if (ttl.isPositive()) {
                    kept.put(key, new Kept<>(flight, ending, ttl));
                }
                return null;
            });
        } finally {
            forget(flight);
            if (live.remove(flight.id(), flight)) {
                places.release();
            }
        }
    }

    private Duration timeToLive(Ending<R> ending) {
        return switch (ending) {
            case Ending.Landed<R>(var outcome) -> outcome.reuse() == Reuse.RESULT ? times.resultTtl() : Duration.ZERO;
            case Ending.Failed<R>(var failure) -> failure.shareable() ? times.errorTtl() : Duration.ZERO;
        };
    }

    FlightException explain(Flight<R> flight, Throwable thrown) {
        Kind aborted = flight.aborted();
        if (aborted != null) {
            String message = aborted == Kind.STOPPED ? "The service is stopping." : "The request was cancelled.";
            return new FlightException(aborted, message, false, null, null);
        }
        if (thrown instanceof FlightException failure) {
            return failure;
        }
        if (thrown instanceof LogFullException full) {
            return new FlightException(Kind.TOO_LARGE, "The answer is too large.", false, null, full);
        }
        try {
            return Objects.requireNonNull(flight.work().failure(thrown));
        } catch (Throwable broken) {
            LOG.log(Level.ERROR, "event=failure_not_explained flight=" + flight.id(), broken);
            return new FlightException(Kind.FAILED, "The request failed.", false, null, thrown);
        }
    }

    private Flight<R> create(FlightKey key, Work<R> work, Attachment<R> first) {
        if (stopping) {
            throw new OverloadedException("The service is stopping.");
        }
        if (!places.tryAcquire()) {
            throw new OverloadedException("Too many provider calls are in the air (" + limits.maxFlights() + ").");
        }
        boolean created = false;
        try {
            String id = ids.get();
            var log = new EventLog(id, Retention.whole(limits.maxTranscriptBytes()), wakeups);
            var flight = new Flight<>(id, key, work, log, this, clock.now());
            if (!flight.tryAttach(first)) {
                throw new IllegalStateException("a new flight is open to all");
            }
            live.put(id, flight);
            if (stopping) { // looked at again: what close() did not find in the map is not started
                live.remove(id, flight);
                throw new OverloadedException("The service is stopping.");
            }
            created = true;
            return flight;
        } finally {
            if (!created) {
                places.release();
            }
        }
    }

    private void launch(Flight<R> flight) {
        try {
            flight.start(threads.newThread(flight::run));
        } catch (Throwable noThread) { // out of memory or threads: the listeners must not wait for ever
            flight.fail(noThread);
        }
    }

    private boolean usable(Kept<R> entry, Predicate<? super R> fresh) {
        return switch (entry.ending()) {
            case Ending.Landed<R>(var outcome) -> fresh.test(outcome.result());
            case Ending.Failed<R> _ -> true;
        };
    }

    private static int weight(Flight<?> flight) {
        return (int) Math.min(Integer.MAX_VALUE, flight.settledBytes());
    }
}
