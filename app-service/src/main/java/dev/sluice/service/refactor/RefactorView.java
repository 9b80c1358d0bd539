package dev.sluice.service.refactor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job as `GET /api/refactor/{id}` shows it.
///
/// @param userId null if the job was recorded without one
/// @param progress 0-1
/// @param elapsedTimeMs since it was asked for, until now or its end
/// @param confirmationData what is to be confirmed; null if nothing is
/// @param result null before the end, and if there is none
public record RefactorView(
        String sessionId,
        @Nullable String userId,
        String stage,
        String status,
        double progress,
        String message,
        long elapsedTimeMs,
        List<String> errors,
        List<String> warnings,
        int retryCount,
        boolean awaitingConfirmation,
        @Nullable JsonNode confirmationData,
        @Nullable JsonNode result) {}
