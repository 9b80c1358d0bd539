package dev.sluice.service.thread;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question and its answer, ready to be stored.
///
/// @param flightId the flight that answered; a flight's turn is stored at most once
/// @param userId the person, as the client names them; null if it did not
/// @param role the question's role
/// @param content the question
/// @param answer the answer's whole text
/// @param citations addresses the provider named as sources
/// @param latencyMs what the asking request waited, milliseconds
/// @param requestId the request that asked
/// @param simulated whether a simulated provider answered
/// @param idempotencyKey the claim that this turn completes; null if there is none
/// @param reason why the client chose the model; null if it did not say
/// @param packageHash SHA-256 (hex) of the prompt as sent
/// @param responseHash SHA-256 (hex) of the answer's text
/// @param createdAt when the answer was complete
public record NewTurn(
        String flightId,
        String org,
        String threadId,
        @Nullable String userId,
        String role,
        String content,
        String answer,
        String provider,
        String model,
        String scope,
        List<String> citations,
        double latencyMs,
        String requestId,
        boolean simulated,
        @Nullable IdempotencyKey idempotencyKey,
        @Nullable String reason,
        String packageHash,
        String responseHash,
        long promptTokens,
        long completionTokens,
        long totalTokens,
        String userMessageId,
        String assistantMessageId,
        String auditId,
        Instant createdAt) {
    public NewTurn {
        citations = List.copyOf(citations);
    }
}
