package dev.sluice.model.thread;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of a thread.
///
/// @param role `user`, `assistant` or `system`
/// @param provider the provider that answered; null for messages people wrote
/// @param model the model that answered; null likewise
/// @param sequence dense from 1 within its thread
/// @param citations addresses the provider named as sources; never null
public record Message(
        String id,
        String role,
        String content,
        @Nullable String provider,
        @Nullable String model,
        long sequence,
        Instant createdAt,
        List<String> citations,
        Meta meta) {
    public Message {
        citations = List.copyOf(citations);
    }

    /// Returns this message as one request saw it.
    public Message withMeta(Meta other) {
        return new Message(id, role, content, provider, model, sequence, createdAt, citations, other);
    }

    /// @param latencyMs what the asking request waited, milliseconds; 0 for messages people wrote
    /// @param requestId the request it came from
    /// @param stored false if the turn could not be stored; absent otherwise
    /// @param simulated true if a simulated provider answered; absent otherwise
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Meta(
            double latencyMs,
            @Nullable String requestId,
            @Nullable Boolean stored,
            @Nullable Boolean simulated) {}
}
