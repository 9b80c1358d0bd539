package dev.sluice.service.coalesce;

import dev.sluice.service.replay.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One piece of work in the air, with any number of listeners and no owner.
///
/// It runs on a thread of its own, so no listener's departure can harm it. It ends when the work does, or when
/// the last
/// listener is gone (see [Leave]) - unless it has begun to commit, then it finishes.
///
/// Invariants:
/// - `listeners` counts attachments; once it is [#CLOSED] nobody can join any more, so a flight that is being
///   aborted
///   is never joined;
/// - only a flight that still runs is interrupted: [#beginCommit] and the abort race for `stage`, one wins;
/// - `ending` is set once, after the result can be found by later callers and the log has its terminal event.
///
/// Thread-safe.
public final class Flight<R> {
    private static final int CLOSED = -1;

    private enum Stage {
        RUNNING,
        COMMITTING,
        ABORTED
    }

    private final String id;
    private final FlightKey key;
    private final Work<R> work;
    private final EventLog log;
    private final Coalescer<R> engine;
    private final Instant startedAt;
    private final Set<Attachment<R>> attachments = ConcurrentHashMap.newKeySet();
    private final AtomicInteger listeners = new AtomicInteger();
    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicInteger desertions = new AtomicInteger();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.RUNNING);
    private volatile @Nullable Thread runner;
    private volatile @Nullable Ending<R> ending;
    private volatile @Nullable Instant endedAt;
    private volatile long endedNanos;

    Flight(String id, FlightKey key, Work<R> work, EventLog log, Coalescer<R> engine, Instant startedAt) {
        this.id = id;
        this.key = key;
        this.work = work;
        this.log = log;
        this.engine = engine;
        this.startedAt = startedAt;
    }

    /// Returns the flight's id, which is also the epoch of its log.
    public String id() {
        return id;
    }

    public FlightKey key() {
        return key;
    }

    public Work<R> work() {
        return work;
    }

    /// Returns the transcript: what streaming listeners read.
    public EventLog log() {
        return log;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /// Returns when it ended; empty while it runs.
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(endedAt);
    }

    /// Returns how many listen now.
    public int listeners() {
        return Math.max(0, listeners.get());
    }

    /// Returns how many joined after the leader, those answered from the kept result included.
    public int followers() {
        return Math.max(0, joined.get() - 1);
    }

    /// Returns why it failed; empty if it runs or landed.
    public Optional<FlightException> failure() {
        return ending instanceof Ending.Failed<R>(var failure) ? Optional.of(failure) : Optional.empty();
    }

    /// Called by the work before it makes anything durable: from here on the flight is no longer aborted.
    ///
    /// @throws InterruptedException if it already was
    public void beginCommit() throws InterruptedException {
        if (!stage.compareAndSet(Stage.RUNNING, Stage.COMMITTING)) {
            throw new InterruptedException("the flight was aborted");
        }
    }

    @Nullable
    Ending<R> ending() {
        return ending;
    }

    long endedNanos() {
        return endedNanos;
    }

    boolean aborted() {
        return stage.get() == Stage.ABORTED;
    }

    /// Adds a listener unless the flight is being aborted.
    boolean tryAttach(Attachment<R> attachment) {
        int count = listeners.get();
        while (count != CLOSED) {
            int seen = listeners.compareAndExchange(count, count + 1);
            if (seen == count) {
                attachments.add(attachment);
                joined.getAndIncrement();
                return true;
            }
            count = seen;
        }
        return false;
    }

    /// Adds a listener to a flight whose outcome is settled: it does not count, for nothing depends on it.
    void attachLate(Attachment<R> attachment) {
        attachments.add(attachment);
        joined.getAndIncrement();
    }

    void detach(Attachment<R> attachment, boolean counted, Leave why) {
        attachments.remove(attachment);
        if (counted && listeners.decrementAndGet() == 0 && ending == null) {
            int desertion = desertions.incrementAndGet();
            engine.deserted(this, desertion, why == Leave.CANCELLED ? Duration.ZERO : attachment.linger());
        }
    }

    /// Ends the flight if nobody came back since that desertion.
    void abortIfDeserted(int desertion) {
        if (desertions.get() == desertion && listeners.compareAndSet(0, CLOSED)) {
            engine.forget(this);
            abort();
        }
    }

    /// Interrupts the work, whoever listens.
    void abort() {
        if (stage.compareAndSet(Stage.RUNNING, Stage.ABORTED)) {
            Thread thread = runner;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    void start(Thread thread) {
        runner = thread;
        thread.start();
    }

    /// The flight's whole life, on its own thread.
    void run() {
        Ending<R> result;
        try {
            if (aborted()) {
                throw new InterruptedException("the flight was aborted before it began");
            }
            result = new Ending.Landed<>(work.perform(this));
        } catch (Throwable thrown) { // an Error must end the listeners' wait too (C4)
            result = new Ending.Failed<>(engine.explain(this, thrown));
        }
        end(result);
    }

    void end(Ending<R> result) {
        endedNanos = engine.nanoTime();
        endedAt = engine.now();
        try {
            engine.settle(this, result);
            switch (result) {
                case Ending.Landed<R>(var outcome) -> log.end(outcome.event(), outcome.data());
                case Ending.Failed<R>(var failure) -> log.end("error", work.errorEvent(failure));
            }
        } finally {
            ending = result;
            runner = null;
            for (Attachment<R> attachment : attachments) {
                attachment.wake();
            }
        }
    }
}
