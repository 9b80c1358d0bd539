package dev.sluice.service.coalesce;

import dev.sluice.service.coalesce.FlightException.Kind;
import dev.sluice.service.replay.EventLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One piece of work in the air, with any number of listeners and no owner.
///
/// It runs on a thread of its own, so no listener's departure can harm it. It ends when the work does; or,
/// unless it has begun to commit, when nobody listens and the longest linger of those that were lost is
/// over (see [Leave]).
///
/// Invariants:
/// - the stage and the number of listeners change in one step: a flight that is being aborted is never
///   joined, one that has begun to commit or has ended is never aborted;
/// - `ended` is set once, after later callers can find the result and the log has its terminal event.
///
/// Thread-safe.
public final class Flight<R> {
    private static final System.Logger LOG = System.getLogger(Flight.class.getName());
    private static final int OVERHEAD_BYTES = 2_000;
    private static final byte[] NO_DATA = {'{', '}'};

    /// Whether a listener could join.
    enum Joining {
        JOINED,
        /// Too many listen.
        FULL,
        /// It is being aborted.
        TOO_LATE
    }

    private record Terminal(String event, byte[] data) {}

    private final String id;
    private final FlightKey key;
    private final Work<R> work;
    private final Transcript transcript;
    private final Coalescer<R> engine;
    private final Instant startedAt;
    private final Waiters<R> waiters = new Waiters<>();
    private final LongAdder joined = new LongAdder(); // a kept result's callers would race for one number
    private final AtomicReference<FlightState> state;
    private final boolean elected;
    private volatile @Nullable Thread runner;
    private @Nullable Ending<R> result; // before it is settled; read by who finds it settled, or ended
    private volatile boolean ended;
    private volatile @Nullable Instant endedAt;
    private volatile long endedNanos;
    private volatile long settledBytes;
    private @Nullable Flight<R> successor; // guarded by the engine's hold on the key

    /// @param elected whether it takes the place of a flight that never began
    Flight(String id, FlightKey key, Work<R> work, Transcript transcript, Coalescer<R> engine, boolean elected) {
        this.id = id;
        this.key = key;
        this.work = work;
        this.transcript = transcript;
        this.engine = engine;
        this.startedAt = engine.now();
        this.state = new AtomicReference<>(FlightState.begun(engine.nanoTime()));
        this.elected = elected;
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
        return transcript.log();
    }

    /// Appends an event to the transcript; called by the work.
    ///
    /// @throws RuntimeException if the transcript, or all of them together, outgrew the limit: the work
    ///     must end
    public void append(String type, byte[] data) {
        transcript.append(type, data);
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
        return Math.max(0, joined.intValue() - 1);
    }

    /// Returns why it failed; empty if it runs or landed.
    public Optional<FlightException> failure() {
        return ending() instanceof Ending.Failed<R>(var failure) ? Optional.of(failure) : Optional.empty();
    }

    /// Called by the work before it makes anything durable, once or more: from here on the flight is no
    /// longer aborted.
    ///
    /// @throws InterruptedException if it already was
    public void beginCommit() throws InterruptedException {
        if (state.updateAndGet(FlightState::committing).stage() != FlightState.Stage.COMMITTING) {
            throw new InterruptedException("the flight was aborted");
        }
    }

    /// Returns how it ended; null while it runs.
    @Nullable
    Ending<R> ending() {
        return ended ? result : null;
    }

    /// Returns how it ends, to those who found it settled: it need not have ended yet.
    Ending<R> settled() {
        return Objects.requireNonNull(result);
    }

    /// Returns how long it has ended; zero while it runs.
    Duration age() {
        return ended ? Duration.ofNanos(Math.max(0, engine.nanoTime() - endedNanos)) : Duration.ZERO;
    }

    /// Returns what its transcript and its terminal event take while it is kept; fixed when it ends.
    long settledBytes() {
        return settledBytes;
    }

    /// Returns what listeners of an aborted flight are told; null unless it was.
    @Nullable
    FlightException aborted() {
        return state.get().aborted();
    }

    /// Returns whether those who listened to it may start one flight in its place.
    boolean electable() {
        return !elected && failure().filter(why -> why.kind() == Kind.NOT_BEGUN).isPresent();
    }

    /// Returns the flight that took its place; call it holding the key.
    @Nullable
    Flight<R> successor() {
        return successor;
    }

    void succeededBy(Flight<R> other) {
        successor = other;
    }

    /// Adds a listener unless the flight is being aborted or has `most` already.
    Joining tryAttach(Attachment<R> attachment, int most) {
        FlightState seen = state.get();
        while (!seen.isAborted()) {
            if (seen.listeners() >= most) {
                return Joining.FULL;
            }
            if (state.compareAndSet(seen, seen.joined())) {
                joined.increment();
                return Joining.JOINED;
            }
            seen = state.get();
        }
        return Joining.TOO_LATE;
    }

    /// Adds a listener to a flight whose outcome is settled: it is not among those that keep a flight in
    /// the air.
    void attachLate() {
        joined.increment();
    }

    /// Has a listener woken when the flight ends, if that is not seen afterwards.
    void enlist(Attachment<R> waiting) {
        waiters.add(waiting);
    }

    void strike(Attachment<R> waiting) {
        if (!ended) { // else all are struck out at once
            waiters.remove(waiting);
        }
    }

    /// Takes leave of a listener that was counted.
    void detach(Attachment<R> attachment, Leave why) {
        if (ended) { // nothing can be aborted any more
            state.updateAndGet(FlightState::left);
            return;
        }
        long at = engine.nanoTime();
        FlightState now =
                state.updateAndGet(seen -> why == Leave.CANCELLED ? seen.left() : seen.lost(at, attachment.linger()));
        if (now.listeners() == 0 && now.running()) {
            engine.deserted(this, now.lingerUntil());
        }
    }

    /// Ends the flight if nobody listens and nobody's linger runs.
    void abortIfAbandoned() {
        abort(Reasons.cancelled(), now -> now.abandoned(engine.nanoTime()));
    }

    /// Interrupts the work, whoever listens.
    ///
    /// @param why what the listeners are told
    /// @return false if it is too late: it has begun to commit or has ended
    boolean abort(FlightException why) {
        return abort(why, _ -> true);
    }

    private boolean abort(FlightException why, Predicate<FlightState> still) {
        FlightState seen = state.get();
        while (seen.running() && still.test(seen)) {
            if (state.compareAndSet(seen, seen.abortedBy(why))) {
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
        FlightException failure = Reasons.of(this, thrown);
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
        return !state.updateAndGet(FlightState::ended).isAborted();
    }

    /// Whatever goes wrong here, nobody is left waiting and the key is free.
    private void end(Ending<R> ending, Terminal terminal) {
        result = ending;
        endedNanos = engine.nanoTime();
        endedAt = engine.now();
        // the terminal event's bytes twice: in the outcome and in the log
        settledBytes = log().keptBytes() + 2L * terminal.data().length + OVERHEAD_BYTES;
        step("settle", () -> engine.settle(this, ending));
        step("work_ended", work::ended);
        step("ending", () -> engine.ending(this, ending));
        step("terminal_event", () -> transcript.end(terminal.event(), terminal.data()));
        transcript.release();
        ended = true;
        runner = null;
        waiters.wakeAll();
    }

    private void step(String what, Runnable step) {
        try {
            step.run();
        } catch (Throwable broken) {
            LOG.log(Level.ERROR, "event=" + what + "_failed flight=" + id, broken);
        }
    }
}
