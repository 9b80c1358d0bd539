package dev.sluice.service.coalesce;

import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.Opening;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One listener's hold on a flight.
///
/// One thread waits or reads; [#leave] may be called from any thread and ends that wait.
public final class Attachment<R> implements AutoCloseable {
    private final Duration linger;
    private final AtomicReference<@Nullable Leave> left = new AtomicReference<>();
    private volatile @Nullable Thread waiting;
    private volatile @Nullable Cursor cursor;
    private @Nullable Flight<R> flight;
    private Role role = Role.LEADER;
    private boolean counted;

    @Nullable
    Attachment<R> before; // these two belong to the flight's waiters

    @Nullable
    Attachment<R> after;

    Attachment(Duration linger) {
        this.linger = linger;
    }

    /// Binds to the flight; called once, before the attachment is handed out.
    Attachment<R> bind(Flight<R> boundFlight, Role boundRole, boolean isCounted) {
        flight = boundFlight;
        role = boundRole;
        counted = isCounted;
        return this;
    }

    public Role role() {
        return role;
    }

    public Flight<R> flight() {
        Flight<R> bound = flight;
        if (bound == null) {
            throw new IllegalStateException("the attachment is not bound yet");
        }
        return bound;
    }

    /// Returns how long the flight has ended; zero while it runs.
    public Duration age() {
        return flight().age();
    }

    /// Waits for the flight's result.
    ///
    /// @throws FlightException if the flight failed
    /// @throws DeadlineException if the time is up; the flight goes on and the caller should [#leave]
    /// @throws LeftException if [#leave] was called
    public R await(Duration timeout) throws DeadlineException, LeftException, InterruptedException {
        Ending<R> settled = flight().ending();
        return switch (settled == null ? awaitEnding(timeout) : settled) {
            case Ending.Landed<R>(var outcome) -> outcome.result();
            case Ending.Failed<R>(var failure) -> throw failure;
        };
    }

    private Ending<R> awaitEnding(Duration timeout) throws DeadlineException, LeftException, InterruptedException {
        long allowed = TimeUnit.NANOSECONDS.convert(timeout);
        long started = System.nanoTime();
        waiting = Thread.currentThread();
        flight().enlist(this);
        try {
            while (true) {
                Ending<R> ending = flight().ending(); // after it is enlisted: an end that is not seen wakes it
                if (ending != null) {
                    return ending;
                }
                Leave why = left.get();
                if (why != null) {
                    throw new LeftException(why);
                }
                long remaining = allowed - (System.nanoTime() - started);
                if (remaining <= 0) {
                    throw new DeadlineException(timeout);
                }
                LockSupport.parkNanos(flight(), remaining);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            waiting = null;
            flight().strike(this);
        }
    }

    /// Opens the flight's transcript at a client's cursor, in place of the one opened before; [#leave]
    /// interrupts and closes it.
    public Opening open(@Nullable String lastEventId) {
        Opening opening = flight().log().open(lastEventId);
        stop(cursor);
        cursor = opening.cursor();
        if (left.get() != null) {
            stop(opening.cursor());
        }
        return opening;
    }

    /// Lets go of the flight; only the first call counts.
    public void leave(Leave why) {
        if (left.compareAndSet(null, why)) {
            stop(cursor);
            if (counted) {
                flight().detach(this, why);
            }
            wake();
        }
    }

    /// Returns why it left; empty while attached.
    public Optional<Leave> left() {
        return Optional.ofNullable(left.get());
    }

    /// Leaves as [Leave#DONE], unless it left before.
    @Override
    public void close() {
        leave(Leave.DONE);
    }

    private static void stop(@Nullable Cursor reading) {
        if (reading != null) {
            reading.interrupt();
            reading.close();
        }
    }

    Duration linger() {
        return linger;
    }

    void wake() {
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
