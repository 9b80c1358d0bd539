package dev.sluice.model.thread;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /api/threads/{id}/messages`. Only `content` is required.
///
/// @param userId the person, as the client names them
/// @param role `user`, `assistant` or `system`; default `user`
/// @param provider a configured provider; default DEFAULT_PROVIDER
/// @param model any model name; default the provider's
/// @param reason why the client chose this model; stored with the audit
/// @param scope `private` or `shared`; default `private`
/// @param useMemory whether the thread's history is part of the prompt; default true
/// @param attachments named, never fetched; their presence bypasses sharing
/// @param tools as for OpenAI; presence bypasses sharing
/// @param functions as for OpenAI; presence bypasses sharing
public record AddMessage(
        @Nullable String userId,
        @Nullable String content,
        @Nullable String role,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String reason,
        @Nullable String scope,
        @Nullable Boolean useMemory,
        @Nullable List<Attachment> attachments,
        @Nullable JsonNode tools,
        @Nullable JsonNode functions) {
    /// @param type what it is, `image`, `file`
    /// @param url where the client says it is; never fetched
    /// @param data inline content; never parsed
    public record Attachment(
            @Nullable String type,
            @Nullable String name,
            @Nullable String url,
            @Nullable String data,
            @JsonProperty("mimeType") @Nullable String mimeType) {}

    /// Returns a message of a user with everything else at its default.
    public static AddMessage of(String content) {
        return new AddMessage(null, content, null, null, null, null, null, null, null, null, null);
    }
}
