package dev.sluice.service.ops;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.service.http.SseWriter;
import dev.sluice.service.replay.Batch;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Opening;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/// Writes the feed to one console: a snapshot unless the console's cursor can be resumed, then changes.
final class OpsStream {
    private static final int BATCH_BYTES = 256 << 10;
    /// Consoles tell a dead connection from a quiet one by it.
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final OpsFeed feed;
    private final Function<OpsState, OpsSnapshot> snapshots;
    private final SseWriter sse;

    /// @param snapshots makes a state into what this operator is shown
    OpsStream(OpsFeed feed, Function<OpsState, OpsSnapshot> snapshots, SseWriter sse) {
        this.feed = feed;
        this.snapshots = snapshots;
        this.sse = sse;
    }

    void run(Opening opening, boolean resuming) throws InterruptedException {
        try (Cursor resumed = opening.cursor()) {
            if (opening.reset() != null) {
                sse.event(null, "reset", Map.of("reason", opening.reset()));
            } else if (resuming) {
                follow(resumed);
                return;
            }
        }
        fromSnapshot();
    }

    private void fromSnapshot() throws InterruptedException {
        OpsFeed.Position position = feed.now();
        sse.event(position.id().toString(), "snapshot", snapshots.apply(position.state()));
        try (Cursor cursor = feed.open(position.id().toString()).cursor()) {
            follow(cursor);
        }
    }

    private void follow(Cursor cursor) throws InterruptedException {
        while (!sse.gone()) {
            Batch batch = cursor.read(BATCH_BYTES);
            if (batch.gap() != null) {
                sse.event(null, "gap", batch.gap());
                fromSnapshot();
                return;
            }
            if (!batch.entries().isEmpty()) {
                sse.frames(batch.entries().stream().map(LogEntry::frame).toList());
            } else if (!cursor.await(HEARTBEAT)) {
                sse.heartbeat();
            }
        }
    }
}
