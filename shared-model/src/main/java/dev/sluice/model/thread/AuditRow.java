package dev.sluice.model.thread;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One provider call in a thread's audit: `GET /api/threads/{id}/audit`.
///
/// @param reason why the client chose the model; null if it did not say
/// @param packageHash SHA-256 (hex) of the prompt as sent
/// @param responseHash SHA-256 (hex) of the answer's text
public record AuditRow(
        String id,
        String provider,
        String model,
        @Nullable String reason,
        String scope,
        String packageHash,
        String responseHash,
        long promptTokens,
        long completionTokens,
        long totalTokens,
        Instant createdAt) {}
