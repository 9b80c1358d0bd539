package dev.sluice.service.coalesce;

import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Retention;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The flights in the air by their ids, and the room there is for more. Thread-safe.
final class Airspace<R> {
    private static final byte[] NO_DATA = {'{', '}'};

    private final CoalescerLimits limits;
    private final Supplier<String> ids;
    private final ThreadFactory threads;
    private final FlightLogs<R> logs;
    private final Retention whole;
    private final Semaphore places;
    private final ByteBudget transcripts;
    private final ConcurrentHashMap<String, Flight<R>> live = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Airspace(CoalescerLimits limits, Supplier<String> ids, ThreadFactory threads, FlightLogs<R> logs) {
        this.limits = limits;
        this.ids = ids;
        this.threads = threads;
        this.logs = logs;
        this.whole = Retention.whole(limits.maxTranscriptBytes());
        this.places = new Semaphore(limits.maxFlights());
        this.transcripts = new ByteBudget(limits.maxLiveBytes());
    }

    /// Makes a flight with its first listener; [#launch] starts it.
    ///
    /// @param elected whether it takes the place of one that never began
    /// @throws OverloadedException if there is no room or it is closed
    /// @throws RuntimeException what [Work#admit] threw
    Flight<R> create(Coalescer<R> engine, FlightKey key, Work<R> work, Attachment<R> first, boolean elected) {
        takePlace();
        boolean admitted = false;
        boolean created = false;
        try {
            work.admit();
            admitted = true;
            String id = ids.get();
            EventLog log = logs.open(id, work, whole);
            var flight = new Flight<>(id, key, work, new Transcript(log, transcripts), engine, elected);
            flight.tryAttach(first, Integer.MAX_VALUE);
            live.put(id, flight);
            if (closed) { // looked at again: what a closing engine did not find in the map is not started
                live.remove(id, flight);
                log.end("error", NO_DATA.clone()); // a log that was begun has an end
                throw stopping();
            }
            created = true;
            return flight;
        } finally {
            if (!created) {
                places.release();
                if (admitted) {
                    work.ended();
                }
            }
        }
    }

    void launch(Flight<R> flight) {
        try {
            flight.start(threads.newThread(flight::run));
        } catch (Throwable noThread) { // out of memory or threads: the listeners must not wait for ever
            flight.fail(noThread);
        }
    }

    /// Takes out a flight that has ended.
    void leave(Flight<R> flight) {
        if (live.remove(flight.id(), flight)) {
            places.release();
        }
    }

    /// Tells the log of a flight how that ended.
    void ending(Flight<R> flight, @Nullable FlightException failure) {
        logs.ending(flight.id(), failure);
    }

    @Nullable
    Flight<R> find(String id) {
        return live.get(id);
    }

    Collection<Flight<R>> flights() {
        return Collections.unmodifiableCollection(live.values());
    }

    long liveBytes() {
        return transcripts.used();
    }

    boolean closed() {
        return closed;
    }

    /// Refuses new flights from now on.
    void close() {
        closed = true;
    }

    /// Waits until the air is empty, which makes sense once it is closed; false if it is not in time.
    boolean awaitEmpty(Duration longest) throws InterruptedException {
        long nanos = TimeUnit.NANOSECONDS.convert(longest);
        if (!places.tryAcquire(limits.maxFlights(), nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        places.release(limits.maxFlights());
        return true;
    }

    private void takePlace() {
        if (closed) {
            throw stopping();
        }
        if (transcripts.exhausted()) {
            throw new OverloadedException("Too much text is in the air (" + limits.maxLiveBytes() + " bytes).", false);
        }
        if (!places.tryAcquire()) {
            throw new OverloadedException(
                    "Too many provider calls are in the air (" + limits.maxFlights() + ").", false);
        }
    }

    private static OverloadedException stopping() {
        return new OverloadedException("The service is stopping.", false);
    }
}
