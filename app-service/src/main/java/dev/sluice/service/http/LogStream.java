package dev.sluice.service.http;

import dev.sluice.service.replay.Batch;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Opening;
import dev.sluice.service.replay.Receiver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Writes a log to one client, from the client's cursor on: first what could not be resumed, then events
/// as they come.
///
/// Run by the handler's thread; live events are written by the log's, while that one waits.
public final class LogStream implements Receiver {
    private static final int BATCH_BYTES = 64 << 10;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final SseWriter sse;
    private final Duration heartbeat;
    private final Predicate<LogEntry> shown;

    /// @param heartbeat the longest silence
    /// @param shown which events the client asked for; the terminal event is always written
    public LogStream(SseWriter sse, Duration heartbeat, Predicate<LogEntry> shown) {
        this.sse = sse;
        this.heartbeat = heartbeat;
        this.shown = shown.or(LogEntry::terminal);
    }

    /// @param heartbeat the longest silence
    public LogStream(SseWriter sse, Duration heartbeat) {
        this(sse, heartbeat, _ -> true);
    }

    /// Returns the client's cursor: the header `Last-Event-ID`, else `?last_event_id=`, else `?after=`,
    /// where a number alone is a place in the log's present life.
    ///
    /// @param epoch the log's present life
    public static Optional<String> cursor(Exchange exchange, String epoch) {
        return exchange.header("Last-Event-ID")
                .filter(text -> !text.isEmpty())
                .or(() -> exchange.query("last_event_id"))
                .or(() -> exchange.query("after")
                        .map(after -> NUMBER.matcher(after).matches() ? epoch + ":" + after : after));
    }

    /// Writes until the terminal event, or until the client has left or the service stops.
    public void run(Opening opening) throws InterruptedException {
        if (opening.reset() != null) {
            sse.event(null, "reset", Map.of("reason", opening.reset()));
        }
        Cursor cursor = opening.cursor();
        while (!sse.gone() && !cursor.finished()) {
            Batch batch = cursor.read(BATCH_BYTES);
            if (batch.gap() != null) {
                sse.event(null, "gap", batch.gap());
            }
            if (batch.entries().isEmpty()) {
                cursor.relay(this, heartbeat);
            } else {
                take(batch.entries());
            }
        }
    }

    @Override
    public boolean take(List<LogEntry> entries) {
        var frames = new ArrayList<byte[]>(entries.size());
        for (LogEntry entry : entries) {
            if (shown.test(entry)) {
                frames.add(entry.frame());
            }
        }
        sse.frames(frames);
        return !sse.gone();
    }

    @Override
    public boolean idle() {
        sse.heartbeat();
        return !sse.gone();
    }
}
