package dev.sluice.service.coalesce;

import dev.sluice.service.coalesce.FlightException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes identical concurrent requests one: the first starts a [Flight], the others listen to it, and for a
/// while after it ended they are given what it brought.
///
/// Invariants:
/// - `byKey` holds at most one joinable flight per key; a flight is removed by identity, so the end of an
///   old one never removes its successor;
/// - a result is in `kept` before its flight leaves `byKey`, and a new flight is begun only inside
///   `byKey.compute` after a look at `kept`: a caller always finds the flight, its result, or nobody before
///   it.
///
/// Thread-safe. Nothing here blocks but the listeners' own waits.
///
/// @param <R> what a flight brings home
public final class Coalescer<R> implements AutoCloseable {
    private final CoalescerLimits limits;
    private final CoalescerTimes times;
    private final Clock clock;
    private final ConcurrentHashMap<FlightKey, Flight<R>> byKey = new ConcurrentHashMap<>();
    private final Airspace<R> air;
    private final KeptFlights<R> kept;

    /// @param ids makes a new flight's id: unique for ever, `[A-Za-z0-9_-]`
    /// @param threads makes the thread of each flight
    /// @param logs where flights write what their listeners read
    public Coalescer(
            CoalescerLimits limits,
            CoalescerTimes times,
            Clock clock,
            Supplier<String> ids,
            ThreadFactory threads,
            FlightLogs<R> logs) {
        this.limits = limits;
        this.times = times;
        this.clock = clock;
        this.air = new Airspace<>(limits, ids, threads, logs);
        this.kept = new KeptFlights<>(limits, clock);
    }

    /// Joins the flight of that key, is given its kept result, or starts it.
    ///
    /// @param work used only if the caller becomes the leader
    /// @param fresh whether a kept result still answers the question; must be quick and must not block
    /// @param linger how long the flight goes on for this caller after its connection broke
    /// @throws OverloadedException if the flight takes no more listeners, or a new one is needed and not
    ///     allowed
    public Attachment<R> join(FlightKey key, Work<R> work, Predicate<? super R> fresh, Duration linger) {
        var attachment = new Attachment<R>(linger);
        Flight<R> current = byKey.get(key);
        if (current == null ? reuses(key, fresh, attachment) : joins(current, attachment)) {
            return attachment;
        }
        byKey.compute(key, (k, present) -> seat(k, present, attachment, work, fresh, false));
        launchIfLed(attachment);
        return attachment;
    }

    /// Gives a follower whose flight never began ([Kind#NOT_BEGUN]) a second chance.
    ///
    /// Such a failure belongs to the flight that waited in vain and says nothing about the question; those
    /// who joined it later may have time left. So they elect one flight in its place: the first to ask
    /// starts it, or joins what flies under the key by then; all others listen to the same one, however
    /// late they ask. The leader has had its wait and is told. A flight that took another's place is never
    /// replaced itself. What a provider refused (a credential, a quota, the question) is refused to all who
    /// ask the same, and a stream that broke off cannot be begun anew under its readers: neither is tried
    /// again here.
    ///
    /// @return the new place; empty if the failure stands
    /// @throws RuntimeException as [#join] if a new flight is refused
    public Optional<Attachment<R>> reelect(Attachment<R> failed, Work<R> work, Predicate<? super R> fresh) {
        Flight<R> flight = failed.flight();
        if (failed.role() != Role.FOLLOWER || !flight.electable()) {
            return Optional.empty();
        }
        var attachment = new Attachment<R>(failed.linger());
        boolean[] dead = new boolean[1];
        byKey.compute(flight.key(), (key, present) -> {
            Flight<R> successor = flight.successor();
            if (successor == null) {
                Flight<R> next = seat(key, present, attachment, work, fresh, true);
                flight.succeededBy(attachment.flight());
                return next;
            }
            dead[0] = !joins(successor, attachment);
            return present;
        });
        if (dead[0]) {
            return Optional.empty();
        }
        launchIfLed(attachment);
        return Optional.of(attachment);
    }

    /// Starts a flight that nobody else can join.
    ///
    /// @throws OverloadedException if no new flight is allowed
    public Attachment<R> alone(FlightKey key, Work<R> work, Duration linger) {
        var attachment = new Attachment<R>(linger);
        Flight<R> flight = air.create(this, key, work, attachment, false);
        attachment.bind(flight, Role.BYPASS, true);
        air.launch(flight);
        return attachment;
    }

    /// Finds a flight by its id, in the air or ended a short while ago, and listens to it; never starts
    /// one.
    ///
    /// @param allowed whether this caller may listen to that flight
    public Optional<Attachment<R>> resume(String id, Predicate<? super Work<R>> allowed, Duration linger) {
        var attachment = new Attachment<R>(linger);
        Flight<R> running = air.find(id);
        if (running != null && allowed.test(running.work()) && joins(running, attachment)) {
            return Optional.of(attachment);
        }
        Flight<R> ended = kept.resumable(id);
        if (ended == null || !allowed.test(ended.work())) {
            return Optional.empty();
        }
        ended.attachLate();
        return Optional.of(attachment.bind(ended, Role.REUSED, false));
    }

    /// Makes later callers of that key start anew: a kept result is dropped, a flight in the air goes on
    /// for those who already listen.
    public void invalidate(FlightKey key) {
        byKey.compute(key, (k, _) -> { // one step: a flight that ends now is not kept after it
            kept.drop(k);
            return null;
        });
    }

    /// Aborts a flight whoever listens to it; they are told that it was cancelled.
    ///
    /// @return false if there is no such flight in the air, or if it has begun to commit and will land
    public boolean cancel(String id) {
        Flight<R> flight = air.find(id);
        return flight != null && flight.abort(Reasons.cancelled());
    }

    /// Aborts a flight because calls are stopped; its listeners are told why.
    ///
    /// @param reason for clients
    /// @return false if there is no such flight in the air, or if it has begun to commit and will land
    public boolean stop(String id, String reason) {
        Flight<R> flight = air.find(id);
        return flight != null && flight.abort(Reasons.stopped(reason));
    }

    /// Returns the flights in the air, in no order.
    public Collection<Flight<R>> inAir() {
        return air.flights();
    }

    /// Returns the flights that ended a short while ago and can still be resumed, in no order.
    public Collection<Flight<R>> ended() {
        return kept.resumable();
    }

    /// Returns the bytes of all transcripts in the air, about.
    public long liveBytes() {
        return air.liveBytes();
    }

    /// Returns whether new flights may begin.
    public boolean accepting() {
        return !air.closed();
    }

    /// Refuses new flights from now on; those in the air go on.
    public void stopAccepting() {
        air.close();
    }

    /// Refuses new flights and waits until those in the air have ended.
    ///
    /// @return false if some have not within `grace`
    public boolean awaitEnd(Duration grace) throws InterruptedException {
        stopAccepting();
        return air.awaitEmpty(grace);
    }

    /// Aborts what is still in the air; its listeners are told that the service stops.
    @Override
    public void close() {
        stopAccepting();
        air.flights().forEach(flight -> flight.abort(Reasons.stopped("The service is stopping.")));
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    Instant now() {
        return clock.now();
    }

    /// Nobody listens to a flight any more; it goes on until then.
    void deserted(Flight<R> flight, long until) {
        long left = until - clock.nanoTime();
        if (left > 0) {
            clock.after(Duration.ofNanos(left), flight::abortIfAbandoned);
        } else {
            flight.abortIfAbandoned();
        }
    }

    /// Makes a flight unjoinable by key.
    void forget(Flight<R> flight) {
        byKey.remove(flight.key(), flight);
    }

    /// Tells whoever keeps the logs how a flight ended.
    void ending(Flight<R> flight, Ending<R> ending) {
        air.ending(flight, ending instanceof Ending.Failed<R>(var failure) ? failure : null);
    }

    /// Files what a flight brought, then takes it out of the air: in this order, so that nobody falls
    /// between.
    void settle(Flight<R> flight, Ending<R> ending) {
        try {
            kept.keepForResuming(flight);
            Duration ttl = timeToLive(ending);
            byKey.computeIfPresent(flight.key(), (key, present) -> {
                if (present != flight) {
                    return present;
                }
                if (ttl.isPositive()) {
                    kept.keep(flight, ttl);
                }
                return null;
            });
        } finally {
            forget(flight);
            air.leave(flight);
        }
    }

    private Duration timeToLive(Ending<R> ending) {
        return switch (ending) {
            case Ending.Landed<R>(var outcome) -> outcome.reuse() == Reuse.RESULT ? times.resultTtl() : Duration.ZERO;
            case Ending.Failed<R>(var failure) -> failure.shareable() ? times.errorTtl() : Duration.ZERO;
        };
    }

    /// Finds or makes a caller's flight while its key is held, and returns what is under the key from then
    /// on.
    private @Nullable Flight<R> seat(
            FlightKey key,
            @Nullable Flight<R> present,
            Attachment<R> attachment,
            Work<R> work,
            Predicate<? super R> fresh,
            boolean elected) {
        if (present != null && joins(present, attachment)) {
            return present;
        }
        if (reuses(key, fresh, attachment)) {
            return present; // null, or a flight that is being aborted and removes itself
        }
        Flight<R> created = air.create(this, key, work, attachment, elected);
        attachment.bind(created, Role.LEADER, true);
        return created;
    }

    /// Gives a caller the kept result, if there is one that answers it; needs no hold on the key.
    private boolean reuses(FlightKey key, Predicate<? super R> fresh, Attachment<R> attachment) {
        Flight<R> before = kept.reusable(key, fresh);
        if (before == null) {
            return false;
        }
        before.attachLate();
        attachment.bind(before, Role.REUSED, false);
        return true;
    }

    /// Makes a caller follow a flight; false if that is being aborted.
    private boolean joins(Flight<R> flight, Attachment<R> attachment) {
        return switch (flight.tryAttach(attachment, limits.maxListeners())) {
            case JOINED -> {
                attachment.bind(flight, Role.FOLLOWER, true);
                yield true;
            }
            case FULL ->
                throw new OverloadedException(
                        "Too many requests wait for the same answer (" + limits.maxListeners() + ").", true);
            case TOO_LATE -> false;
        };
    }

    private void launchIfLed(Attachment<R> attachment) {
        if (attachment.role() == Role.LEADER) {
            air.launch(attachment.flight());
        }
    }
}
