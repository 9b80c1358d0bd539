package dev.sluice.model.thread;

import org.jspecify.annotations.Nullable;

/// The body of `PATCH /api/threads/{id}`; what is absent stays.
public record PatchThread(@Nullable String title, @Nullable Boolean pinned) {}
