package dev.sluice.service.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One question to a provider.
///
/// @param model passed on as it is, known or not
/// @param messages the prompt, oldest first
/// @param requestId sent upstream as `X-Request-Id`
/// @param user an opaque id of the end user to tell the provider; null to tell nothing
public record ChatRequest(
        String model,
        List<PromptMessage> messages,
        String requestId,
        @Nullable String user) {
    public ChatRequest {
        messages = List.copyOf(messages);
    }

    /// Describes the request without its texts, which are personal data.
    @Override
    public String toString() {
        return "ChatRequest[model=" + model + ", messages=" + messages.size() + ", requestId=" + requestId + "]";
    }
}
