package dev.sluice.service.session;

import dev.sluice.service.http.SseWriter;
import dev.sluice.service.replay.Batch;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Opening;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Writes a log to one client at the pace of its recorded times; what is still growing is followed live.
///
/// Each event is due at a time counted from the beginning, so that small delays never add up. Used by the handler's
/// thread alone.
final class Playback {
    private static final int BATCH_BYTES = 64 << 10;

    private final SseWriter sse;
    private final Pace pace;
    private final Duration heartbeat;
    private final Predicate<LogEntry> shown;
    private final Timer timer;
    private long due;
    private @Nullable Instant before;

    /// @param heartbeat the longest silence
    /// @param shown which events the client asked for; the terminal event is always written
    Playback(SseWriter sse, Pace pace, Duration heartbeat, Predicate<LogEntry> shown, Timer timer) {
        this.sse = sse;
        this.pace = pace;
        this.heartbeat = heartbeat;
        this.shown = shown.or(LogEntry::terminal);
        this.timer = timer;
    }

    /// Writes until the terminal event, or until the client has left or the service stops.
    void run(Opening opening) throws InterruptedException {
        if (opening.reset() != null) {
            sse.event(null, "reset", Map.of("reason", opening.reset()));
        }
        due = timer.nanoTime();
        Cursor cursor = opening.cursor();
        while (!sse.gone() && !cursor.finished()) {
            Batch batch = cursor.read(BATCH_BYTES);
            if (batch.gap() != null) {
                sse.event(null, "gap", batch.gap());
            }
            for (LogEntry entry : batch.entries()) {
                if (shown.test(entry) && !play(entry)) {
                    return;
                }
            }
            if (batch.entries().isEmpty() && !cursor.await(heartbeat) && !cursor.finished()) {
                sse.heartbeat();
            }
        }
    }

    /// Writes an event when it is due; false if the client left before.
    private boolean play(LogEntry entry) throws InterruptedException {
        Instant previous = before;
        if (previous != null) {
            due += pace.pauseNanos(previous, entry.at());
        }
        before = entry.at();
        for (long left = due - timer.nanoTime(); left > 0 && !sse.gone(); left = due - timer.nanoTime()) {
            if (left > heartbeat.toNanos()) {
                timer.pause(heartbeat.toNanos());
                sse.heartbeat();
            } else {
                timer.pause(left);
            }
        }
        if (sse.gone()) {
            return false;
        }
        sse.frame(entry.frame());
        return true;
    }

    /// Time as the playback sees it; a test's is virtual.
    interface Timer {
        /// Returns monotonic nanoseconds.
        long nanoTime();

        /// Returns after so long, or earlier if the client leaves.
        void pause(long nanos) throws InterruptedException;
    }
}
