package dev.sluice.model.ops;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One finished chat request and why it was answered as it was.
///
/// @param at when it ended
/// @param requestId its `X-Request-Id`
/// @param org the tenant
/// @param threadId the thread
/// @param role `leader`, `follower`, `reused`, `bypass` or `rejected`
/// @param reason why it bypassed or was rejected; null otherwise
/// @param flightId the flight it listened to; null if it had none
/// @param status the HTTP status
/// @param streamed whether it was an event stream
/// @param latencyMs from arrival to the last byte, milliseconds
/// @param sharing what sharing meant for it
public record RequestView(
        Instant at,
        String requestId,
        String org,
        String threadId,
        String role,
        @Nullable String reason,
        @Nullable String flightId,
        int status,
        boolean streamed,
        double latencyMs,
        Sharing sharing) {
    /// @param ageMs how old the flight, or the kept answer, was when this request came to it, milliseconds; 0 for
    ///     those who started one
    /// @param queueWaitMs how long its flight waited for a provider slot, milliseconds
    /// @param callsSaved provider calls it would have made alone: 1 or 0
    /// @param tokensSaved tokens it would have been charged for alone
    public record Sharing(double ageMs, double queueWaitMs, int callsSaved, long tokensSaved) {
        /// Of a request that shared nothing and waited for nothing.
        public static final Sharing NONE = new Sharing(0, 0, 0, 0);
    }
}
