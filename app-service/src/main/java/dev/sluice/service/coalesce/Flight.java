package dev.sluice.service.coalesce;

import dev.sluice.service.coalesce.FlightException.Kind;
import dev.sluice.service.replay.EventLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One piece of work in the air, with any number of listeners and no owner.
///
/// It runs on a thread of its own, so no listener's departure can harm it. It ends when the work does, or when
/// the last
/// listener is gone (see [Leave]) - unless it has begun to commit, then it finishes.
///
/// Invariants:
/// - the stage and the number of listeners change in one step: a flight that is being aborted is never joined, one that
///   has begun to commit or has ended is never aborted;
/// - `ending` is set once, after the result can be found by later callers and the log has its terminal event.
///
/// Thread-safe.
public final class Flight<R> {
    private static final System.Logger LOG = System.getLogger(Flight.class.getName());
    private static final int OVERHEAD_BYTES = 2_000;
    private static final byte[] NO_DATA = {'{', '}'};

    private enum Stage {
        RUNNING,
        COMMITTING,
        ENDED,
        CANCELLED,
        STOPPED;

        boolean aborted() {
            return this == CANCELLED || this == STOPPED;
        }
    }

    /// What callers, timers and the work race for.
    ///
    /// @param desertions how often the last listener has left
    private record State(Stage stage, int listeners, int desertions) {
        State entered(Stage next) {
            return new State(next, listeners, desertions);
        }

        State joined() {
            return new State(stage, listeners + 1, desertions);
        }

        State left() {
            return new State(stage, listeners - 1, listeners == 1 ? desertions + 1 : desertions);
        }
    }

    private record Terminal(String event, byte[] data) {}

    private final String id;
    private final FlightKey key;
    private final Work<R> work;
    private final EventLog log;
    private final Coalescer<R> engine;
    private final Instant startedAt;
    private final Set<Attachment<R>> attachments = ConcurrentHashMap.newKeySet();
    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicReference<State> state = new AtomicReference<>(new State(Stage.RUNNING, 0, 0));
    private volatile @Nullable Thread runner;
    private volatile @Nullable Ending<R> ending;
    private volatile @Nullable Instant endedAt;
    private volatile long endedNanos;
    private volatile long settledBytes;

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
        return state.get().listeners();
    }

    /// Returns how many joined after the leader, those answered from the kept result included.
    public int followers() {
        return Math.max(0, joined.get() - 1);
    }

    /// Returns why it failed; empty if it runs or landed.
    public Optional<FlightException> failure() {
        return ending instanceof Ending.Failed<R>(var failure) ? Optional.of(failure) : Optional.empty();
    }

    /// Called by the work before it makes anything durable, once or more: from here on the flight is no longer aborted.
    ///
    /// @throws InterruptedException if it already was
    public void beginCommit() throws InterruptedException {
        State now = state.updateAndGet(seen -> seen.stage() == Stage.RUNNING ? seen.entered(Stage.COMMITTING) : seen);
        if (now.stage() != Stage.COMMITTING) {
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

    /// Returns what its transcript and its terminal event take while it is kept; fixed when it ends.
    long settledBytes() {
        return settledBytes;
    }

    /// Returns how it was aborted, or null.
    @Nullable
    Kind aborted() {
        return switch (state.get().stage()) {
            case CANCELLED -> Kind.CANCELLED;
            case STOPPED -> Kind.STOPPED;
            case RUNNING, COMMITTING, ENDED -> null;
        };
    }

    /// Adds a listener unless the flight is being aborted.
    boolean tryAttach(Attachment<R> attachment) {
        State seen = state.get();
        while (!seen.stage().aborted()) {
            if (state.compareAndSet(seen, seen.joined())) {
                attachLate(attachment);
                return true;
            }
            seen = state.get();
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
        if (!counted) {
            return;
        }
        State now = state.updateAndGet(State::left);
        if (now.listeners() == 0 && now.stage() == Stage.RUNNING) {
            engine.deserted(this, now.desertions(), why == Leave.CANCELLED ? Duration.ZERO : attachment.linger());
        }
    }

    /// Ends the flight if nobody came back since that desertion.
    void abortIfDeserted(int desertion) {
        abort(Stage.CANCELLED, now -> now.listeners() == 0 && now.desertions() == desertion);
    }

    /// Interrupts the work, whoever listens.
    ///
    /// @return false if it is too late: it has begun to commit or has ended
    boolean cancel() {
        return abort(Stage.CANCELLED, _ -> true);
    }

    /// Interrupts the work because the service stops.
    void stop() {
        abort(Stage.STOPPED, _ -> true);
    }

    private boolean abort(Stage how, Predicate<State> still) {
        State seen = state.get();
        while (seen.stage() == Stage.RUNNING && still.test(seen)) {
            if (state.compareAndSet(seen, seen.entered(how))) {
                engine.forget(this);
                Thread thread = runner; // null before it starts: then run() sees the stage
                if (thread != null) {
                    thread.interrupt();
                }
                return true;
            }
            seen = state.get();
        }
        return false;
    }

    void start(Thread thread) {
        runner = thread;
        thread.start();
    }

    /// The flight's whole life, on its own thread.
    void run() {
        try {
            if (aborted() != null) {
                throw new InterruptedException("the flight was aborted before it began");
            }
            Outcome<R> outcome = Objects.requireNonNull(work.perform(this), "the work brought no outcome");
            if (!finish()) {
                throw new InterruptedException("the flight was aborted, the work did not care");
            }
            end(new Ending.Landed<>(outcome), new Terminal(outcome.event(), outcome.data()));
        } catch (Throwable thrown) { // an Error must end the listeners' wait too (C4)
            fail(thrown);
        }
    }

    /// Ends the flight without a result.
    void fail(Throwable thrown) {
        finish();
        FlightException failure = engine.explain(this, thrown);
        byte[] data;
        try {
            data = Objects.requireNonNull(work.errorEvent(failure));
        } catch (Throwable broken) {
            LOG.log(Level.ERROR, "event=error_event_failed flight=" + id, broken);
            data = NO_DATA.clone();
        }
        end(new Ending.Failed<>(failure), new Terminal("error", data));
    }

    /// Closes the race with aborts.
    ///
    /// @return false if it was aborted
    private boolean finish() {
        return !state.updateAndGet(now -> now.stage().aborted() ? now : now.entered(Stage.ENDED))
                .stage()
                .aborted();
    }

    /// Whatever goes wrong here, nobody is left waiting and the key is free.
    private void end(Ending<R> result, Terminal terminal) {
        endedNanos = engine.nanoTime();
        endedAt = engine.now();
        // the terminal event's bytes twice: in the outcome and in the log
        settledBytes = log.keptBytes() + 2L * terminal.data().length + OVERHEAD_BYTES;
        try {
            engine.settle(this, result);
        } catch (Throwable broken) {
            LOG.log(Level.ERROR, "event=settle_failed flight=" + id, broken);
        }
        try {
            endLog(terminal);
        } catch (Throwable broken) {
            LOG.log(Level.ERROR, "event=terminal_event_failed flight=" + id, broken);
        }
        ending = result;
        runner = null;
        for (Attachment<R> attachment : attachments) {
            attachment.wake();
        }
    }

    private void endLog(Terminal terminal) {
        try {
            log.end(terminal.event(), terminal.data());
        } catch (RuntimeException broken) {
            if (!log.ended()) {
                log.end("error", NO_DATA); // the event's name was no name
            }
            throw broken;
        }
    }
}
