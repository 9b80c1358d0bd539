package dev.sluice.model.ops;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One flight as operators see it: no content, only its course.
///
/// @param id the flight's id, as in the `Sluice-Flight` header
/// @param key the first 12 hex digits of its key
/// @param org the tenant
/// @param threadId the thread
/// @param provider the provider called
/// @param model the model asked for
/// @param state `queued`, `calling`, `streaming`, `done`, `failed` or `cancelled`
/// @param startedAt when it began
/// @param firstTokenAt when the first text arrived; null before
/// @param endedAt when it ended; null before
/// @param listeners requests attached now
/// @param followers requests that joined it so far, the leader not counted
/// @param deltas pieces of text received
/// @param bytes bytes of text received
/// @param failure why it failed; null unless it did
public record FlightView(
        String id,
        String key,
        String org,
        String threadId,
        String provider,
        String model,
        String state,
        Instant startedAt,
        @Nullable Instant firstTokenAt,
        @Nullable Instant endedAt,
        int listeners,
        int followers,
        int deltas,
        long bytes,
        @Nullable String failure) {
    /// Returns whether the provider may still be working on it.
    public boolean live() {
        return endedAt == null;
    }
}
