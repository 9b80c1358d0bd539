package dev.sluice.service.refactor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The payloads of a job's events.
final class RefactorEvents {
    private RefactorEvents() {}

    /// A step, as event `progress`.
    record Progress(
            String sessionId,
            String stage,
            String status,
            double progress,
            String message,
            Instant timestamp,
            @Nullable JsonNode data,
            String eventType,
            @Nullable String filePath,
            boolean requiresConfirmation,
            @Nullable String confirmationType) {}

    /// The end that the job itself came to, as event `complete`. Holds all that the job's view needs later.
    record Complete(
            String sessionId,
            boolean success,
            String stage,
            String status,
            double progress,
            String message,
            Instant timestamp,
            long elapsedTimeMs,
            List<String> errors,
            List<String> warnings,
            int retryCount,
            @Nullable JsonNode result) {}

    /// The end that befell the job, as event `error`.
    record Failure(
            String type,
            String sessionId,
            String error,
            String stage,
            String status,
            double progress,
            String message,
            Instant timestamp,
            long elapsedTimeMs,
            List<String> errors,
            List<String> warnings,
            int retryCount) {}
}
