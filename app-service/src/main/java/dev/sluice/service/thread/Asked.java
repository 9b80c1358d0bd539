package dev.sluice.service.thread;

import dev.sluice.service.coalesce.Attachment;
import org.jspecify.annotations.Nullable;

/// What became of a question.
sealed interface Asked {
    /// It was answered under the same Idempotency-Key before.
    record Answered(ChatResult result) implements Asked {}

    /// It listens to a flight.
    ///
    /// @param bypass why the flight is not shared; null if it may be
    record Flying(
            Attachment<ChatResult> attachment, @Nullable String bypass) implements Asked {}
}
