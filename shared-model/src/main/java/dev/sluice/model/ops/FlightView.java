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
/// @param upstream what its provider call took, as far as it has come
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
        @Nullable String failure,
        Upstream upstream) {
    /// Tells whether it was us or the provider.
    ///
    /// @param queueWaitMs wait for a provider slot, milliseconds, all tries together
    /// @param retries tries after the first
    /// @param overheadMs time that was neither the queue's nor the provider's, milliseconds; 0 before the end
    /// @param tokens tokens the provider charged; 0 before the end, or if it told none
    /// @param status the provider's HTTP status; null before it answered, or if it has none
    /// @param requestId the provider's name for the call; null if it gave none
    public record Upstream(
            double queueWaitMs,
            int retries,
            double overheadMs,
            long tokens,
            @Nullable Integer status,
            @Nullable String requestId) {
        /// Of a flight that has not called yet.
        public static final Upstream NONE = new Upstream(0, 0, 0, 0, null, null);
    }

    /// Returns whether the provider may still be working on it.
    public boolean live() {
        return endedAt == null;
    }
}
