package dev.sluice.service.http;

import dev.sluice.model.Json;
import dev.sluice.model.Problem;
import io.helidon.http.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes problem documents (RFC 9457).
final class Problems {
    private Problems() {}

    /// Writes what `error` tells the client.
    static byte[] write(ApiException error, @Nullable String path) {
        return Json.bytes(new Problem(
                "about:blank",
                title(error.status()),
                error.status(),
                error.detail(),
                path,
                error.field().orElse(null),
                error.current().orElse(null)));
    }

    /// What a client is told of a failure of ours: nothing but where to look.
    static ApiException internal(String requestId) {
        return ApiException.of(500, "internal error; the service's log has it under request id " + requestId);
    }

    private static String title(int status) {
        return Optional.of(Status.create(status).reasonPhrase())
                .filter(phrase -> !phrase.isBlank())
                .orElse("HTTP " + status);
    }
}
