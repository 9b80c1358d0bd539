package dev.sluice.service.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider said about an answer whose text has been streamed completely.
///
/// @param model the model that answered, as the provider names it
/// @param finishReason `stop`, `length`, `content_filter` ... as the provider says; `stop` if it ended cleanly
///     unsaid
/// @param citations sources the provider names, as plain text, in its order; often empty
/// @param status the HTTP status of the answer; 200 for a simulated one
/// @param upstreamRequestId the provider's own id for the call, null if it gave none
public record Completion(
        String model,
        String finishReason,
        Usage usage,
        List<String> citations,
        int status,
        @Nullable String upstreamRequestId) {
    public Completion {
        citations = List.copyOf(citations);
    }
}
