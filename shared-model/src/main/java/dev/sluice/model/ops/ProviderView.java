package dev.sluice.model.ops;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One provider as operators see it: how hard it is driven and how it answers. Counters run since start.
///
/// @param name as in requests, `perplexity`
/// @param simulated whether its answers are made up here
/// @param preferred whether it answers requests that name none
/// @param model the model it is asked for when a request names none
/// @param slots calls that may be in the air now: the configured concurrency, or less while it struggles
/// @param concurrency calls that may be in the air at most
/// @param inUse calls in the air
/// @param queued calls that wait for a slot
/// @param requestsPerSecond the steady rate it is held to
/// @param burst calls allowed at once after a pause
/// @param calls calls made, retries included
/// @param failures calls that failed, 429s included
/// @param rateLimited calls it answered with 429
/// @param retries calls that were second or later tries
/// @param queueTimeouts calls that waited for a slot in vain, or found the queue full
/// @param lastFailure what the latest failure said, without secrets; null if there was none
/// @param lastFailureAt when that was; null if there was none
public record ProviderView(
        String name,
        boolean simulated,
        boolean preferred,
        String model,
        int slots,
        int concurrency,
        int inUse,
        int queued,
        double requestsPerSecond,
        int burst,
        long calls,
        long failures,
        long rateLimited,
        long retries,
        long queueTimeouts,
        @Nullable String lastFailure,
        @Nullable Instant lastFailureAt) {
    /// Returns whether it is driven below its configured concurrency because it struggled.
    public boolean throttled() {
        return slots < concurrency;
    }
}
