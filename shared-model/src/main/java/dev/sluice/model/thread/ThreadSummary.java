package dev.sluice.model.thread;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of `GET /api/threads/`.
///
/// @param lastMessagePreview the newest message's first 120 characters; null in an empty thread
/// @param updatedAt when it was created, changed or last written to
public record ThreadSummary(
        String id,
        @Nullable String title,
        @Nullable String lastMessagePreview,
        @Nullable String lastProvider,
        @Nullable String lastModel,
        Instant createdAt,
        Instant updatedAt,
        boolean pinned) {}
