package dev.sluice.service.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.provider.ProviderException.Kind;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a provider's errors, by status or inside a stream, into typed failures with messages fit for clients.
///
/// OpenAI's `{"error": {"message", "type", "code"}}` and the shapes of its imitators: the error as text, in an
/// array
/// (Gemini), at the top level (vLLM), as `detail` (FastAPI).
final class ErrorAnswers {
    private final String provider;
    private final @Nullable ApiKey key;

    ErrorAnswers(String provider, @Nullable ApiKey key) {
        this.provider = provider;
        this.key = key;
    }

    /// Returns the failure that an HTTP status other than 2xx means.
    ///
    /// @param body the parsed body, or a missing node if it was not JSON
    ProviderException ofStatus(int status, JsonNode body) {
        JsonNode error = errorIn(body);
        Kind kind = kindOf(status, words(error));
        return new ProviderException(kind, message(kind, "HTTP " + status, error)).withStatus(status);
    }

    /// Returns the failure that an error object inside a 2xx answer means.
    ProviderException ofObject(JsonNode error) {
        int status = statusIn(error);
        String words = words(error);
        Kind kind = status > 0 ? kindOf(status, words) : kindOf(words);
        var failure = new ProviderException(kind, message(kind, "reported in its answer", error));
        return status > 0 ? failure.withStatus(status) : failure;
    }

    private String message(Kind kind, String how, JsonNode error) {
        return switch (kind) {
            // what a provider says about our account is nothing for clients
            case UNAUTHORIZED -> provider + " refused the service's credentials (" + how + ")";
            case QUOTA -> provider + " has no quota left for this service (" + how + ")";
            case PROTOCOL -> provider + " gave an unexpected answer (" + how + "); is its base URL right?";
            default -> provider + " failed (" + how + ")" + quoted(error);
        };
    }

    private String quoted(JsonNode error) {
        String said = Stream.of(error.path("message"), error.path("detail"), error)
                .filter(node -> node.isTextual() && !node.textValue().isBlank())
                .map(JsonNode::textValue)
                .findFirst()
                .orElse("");
        return said.isEmpty() ? "" : ": " + UpstreamText.shown(said, UpstreamText.MAX_ERROR, key);
    }

    /// Finds the object that tells what went wrong.
    private static JsonNode errorIn(JsonNode body) {
        JsonNode first = body.isArray() && !body.isEmpty() ? body.get(0) : body;
        JsonNode error = first.path("error");
        return error.isMissingNode() || error.isNull() ? first : error;
    }

    private static Kind kindOf(int status, String words) {
        return switch (status) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            case 402 -> Kind.QUOTA;
            case 408 -> Kind.TIMEOUT;
            case 429 -> kindOf(words) == Kind.QUOTA ? Kind.QUOTA : Kind.RATE_LIMITED;
            default -> status >= 500 ? Kind.SERVER : status >= 400 ? Kind.BAD_REQUEST : Kind.PROTOCOL;
        };
    }

    private static Kind kindOf(String words) {
        if (words.contains("insufficient_quota") || words.contains("billing")) {
            return Kind.QUOTA;
        }
        if (words.contains("invalid_api_key") || words.contains("authentication") || words.contains("permission")) {
            return Kind.UNAUTHORIZED;
        }
        if (words.contains("rate_limit") || words.contains("resource_exhausted")) {
            return Kind.RATE_LIMITED;
        }
        return words.contains("invalid_request") ? Kind.BAD_REQUEST : Kind.SERVER;
    }

    private static String words(JsonNode error) {
        return (error.path("code").asText("") + " "
                        + error.path("type").asText("") + " "
                        + error.path("status").asText(""))
                .toLowerCase(Locale.ROOT);
    }

    private static int statusIn(JsonNode error) {
        int code = error.path("code").asInt(0);
        return code >= 400 && code <= 599 ? code : 0;
    }
}
