package dev.sluice.model.thread;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to `GET /api/threads/{id}`: the thread with all its messages, oldest first.
public record ThreadDetail(
        String id,
        String orgId,
        @Nullable String title,
        @Nullable String description,
        Instant createdAt,
        List<Message> messages) {
    public ThreadDetail {
        messages = List.copyOf(messages);
    }
}
