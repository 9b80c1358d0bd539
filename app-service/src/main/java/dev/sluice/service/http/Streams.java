package dev.sluice.service.http;

import dev.sluice.service.auth.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// The open event streams: counted, and ended when the service stops. Thread-safe.
final class Streams {
    private final Duration retry;
    private final Set<SseWriter> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /// @param retry the reconnection delay told to clients
    Streams(Duration retry) {
        this.retry = retry;
    }

    Duration retry() {
        return retry;
    }

    void opened(SseWriter stream) {
        open.add(stream);
        if (stopping) {
            stream.stop();
        }
    }

    void closed(SseWriter stream) {
        open.remove(stream);
    }

    /// Tells whether the service is stopping: every answer from now on is its connection's last.
    boolean stopping() {
        return stopping;
    }

    /// Ends the streams of callers who would not be let in any more.
    void end(Predicate<Caller> standing) {
        open.stream().filter(stream -> !standing.test(stream.caller())).forEach(SseWriter::revoke);
    }

    int count() {
        return open.size();
    }

    /// Tells every stream to end, in any order and spread over `drain` at random, so that clients do not all come back
    /// at once, nor in step with those of another service that stops.
    void stop(Duration drain, RandomGenerator random) {
        stopping = true;
        List<SseWriter> streams = new ArrayList<>(open);
        Collections.shuffle(streams, random);
        long[] times = times(streams.size(), drain, random);
        long began = System.nanoTime();
        for (int i = 0; i < times.length; i++) {
            for (long left = times[i]; left > 0; left = began + times[i] - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    break; // whoever stops the service is in a hurry: the rest at once
                }
            }
            streams.get(i).stop();
        }
    }

    /// Returns when to end each of some streams: one at random in each of as many equal parts of the window.
    ///
    /// @return nanoseconds from the window's beginning, ascending
    static long[] times(int count, Duration window, RandomGenerator random) {
        var times = new long[count];
        for (int i = 0; i < count; i++) {
            long from = window.toNanos() * i / count;
            long to = window.toNanos() * (i + 1) / count;
            times[i] = to > from ? random.nextLong(from, to) : from;
        }
        return times;
    }
}
