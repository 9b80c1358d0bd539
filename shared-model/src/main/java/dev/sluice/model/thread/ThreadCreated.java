package dev.sluice.model.thread;

import java.time.Instant;

/// The answer to `POST /api/threads/`.
public record ThreadCreated(String threadId, Instant createdAt) {}
