package dev.sluice.service.http;

import dev.sluice.service.auth.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

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

    /// Tells every stream to end, spread over `drain` so that clients do not all come back at once.
    void stop(Duration drain) {
        stopping = true;
        List<SseWriter> streams = List.copyOf(open);
        long pause = streams.isEmpty() ? 0 : drain.toNanos() / streams.size();
        for (SseWriter stream : streams) {
            stream.stop();
            if (pause > 0) {
                LockSupport.parkNanos(pause);
            }
        }
    }
}
