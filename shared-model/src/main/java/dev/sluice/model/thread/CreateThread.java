package dev.sluice.model.thread;

import org.jspecify.annotations.Nullable;

/// The body of `POST /api/threads/`; every field may be absent.
public record CreateThread(
        @Nullable String userId,
        @Nullable String title,
        @Nullable String description) {}
