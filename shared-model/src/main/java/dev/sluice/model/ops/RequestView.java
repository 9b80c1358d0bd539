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
        double latencyMs) {}
