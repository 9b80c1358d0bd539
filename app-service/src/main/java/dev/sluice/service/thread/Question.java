package dev.sluice.service.thread;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message to be answered, checked and with every default filled in.
///
/// @param org the tenant, as identified
/// @param role `user`, `assistant` or `system`
/// @param provider as the client named it; null for the default
/// @param model as the client named it; null for the provider's default
/// @param alone why the client's message must not be shared; null if it may
/// @param idempotencyKey the client's; null if it sent none
/// @param requestId the request's id
/// @param streamed whether the answer is an event stream
public record Question(
        String org,
        String threadId,
        @Nullable String userId,
        String content,
        String role,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String reason,
        String scope,
        boolean useMemory,
        @Nullable String alone,
        @Nullable IdempotencyKey idempotencyKey,
        String requestId,
        boolean streamed) {
    /// Returns why it must not be shared.
    public Optional<String> bypassReason() {
        return Optional.ofNullable(alone);
    }

    /// Describes the message without its text, which is personal data.
    @Override
    public String toString() {
        return "Question[org=" + org + ", thread=" + threadId + ", request=" + requestId + "]";
    }
}
