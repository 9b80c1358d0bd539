package dev.sluice.service.thread;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.provider.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The payloads of a chat stream's events, as clients know them.
final class StreamEvents {
    private StreamEvents() {}

    /// The first event after `ping`: who will answer.
    record RouterInfo(
            String provider,
            String model,
            @Nullable String reason,
            String threadId,
            String requestId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean simulated) {}

    /// Told before the first text.
    ///
    /// @param ttftMs this request's arrival to the first text, milliseconds
    record Meta(String type, double ttftMs, String requestId) {
        Meta(double ttftMs, String requestId) {
            this("meta", ttftMs, requestId);
        }
    }

    record Delta(String type, String delta) {
        Delta(String delta) {
            this("delta", delta);
        }
    }

    /// The clean end.
    record Done(
            String type,
            String finishReason,
            Usage usage,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean stored,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean simulated) {
        static Done of(ChatResult result) {
            return new Done(
                    "done",
                    result.finishReason(),
                    result.usage(),
                    result.stored() ? null : Boolean.FALSE,
                    result.simulated() ? Boolean.TRUE : null);
        }
    }

    /// The other end.
    ///
    /// @param status what a plain request would have been answered with
    record Failure(String type, String error, int status) {
        static Failure of(FlightException failure) {
            var answer = ChatErrors.toApi(failure, Duration.ZERO);
            return new Failure("error", answer.detail(), answer.status());
        }
    }
}
