package dev.sluice.service.thread;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.thread.AddMessage;
import dev.sluice.service.coalesce.FlightKey;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a [Question] from a request and refuses what is not one.
final class QuestionReader {
    private static final Set<String> ROLES = Set.of("user", "assistant", "system");
    private static final Set<String> SCOPES = Set.of("private", "shared");
    private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(2);
    private static final int MAX_DEADLINE_SECONDS = 600;
    private static final int MAX_NAME = 200;

    private QuestionReader() {}

    /// Reads the message of a request.
    ///
    /// @throws ApiException 400 or 422, naming the field
    static Question read(Exchange exchange, boolean streamed) {
        AddMessage body = exchange.body(AddMessage.class);
        String content = body.content();
        if (content == null || content.isBlank()) {
            throw ApiException.unprocessable("content", "content is required and must not be blank.");
        }
        return new Question(
                exchange.caller().org(),
                exchange.pathParameter("id"),
                name("user_id", body.userId()),
                content,
                choice("role", body.role(), "user", ROLES),
                name("provider", body.provider()),
                name("model", body.model()),
                body.reason(),
                choice("scope", body.scope(), "private", SCOPES),
                body.useMemory() == null || body.useMemory(),
                whyAlone(exchange, body),
                idempotencyKey(exchange, body),
                exchange.requestId(),
                streamed);
    }

    /// Reads how long this caller wants to wait: the `Request-Timeout` header, whole seconds, 1-600,
    /// default 120.
    static Duration deadline(Exchange exchange) {
        var header = exchange.header("Request-Timeout");
        if (header.isEmpty()) {
            return DEFAULT_DEADLINE;
        }
        String text = header.get().strip();
        if (text.matches("[0-9]{1,3}")) {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= MAX_DEADLINE_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        }
        throw ApiException.badRequest(
                "Request-Timeout", "Request-Timeout must be a whole number of seconds from 1 to 600.");
    }

    private static @Nullable String whyAlone(Exchange exchange, AddMessage body) {
        if (body.attachments() != null && !body.attachments().isEmpty()) {
            return "attachments";
        }
        if (present(body.tools()) || present(body.functions())) {
            return "tools";
        }
        boolean noCache = exchange.headerLines("Cache-Control").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(directive -> directive.strip().equalsIgnoreCase("no-cache"));
        return noCache ? "no-cache" : null;
    }

    private static boolean present(@Nullable JsonNode node) {
        return node != null && !node.isNull() && !(node.isContainerNode() && node.isEmpty());
    }

    private static @Nullable IdempotencyKey idempotencyKey(Exchange exchange, AddMessage body) {
        List<String> keys = exchange.headerLines("Idempotency-Key");
        if (keys.isEmpty()) {
            return null;
        }
        if (keys.size() > 1 || !IDEMPOTENCY_KEY.matcher(keys.getFirst()).matches()) {
            throw ApiException.badRequest(
                    "Idempotency-Key",
                    "Idempotency-Key must be sent once: 1 to 255 printable ASCII characters without spaces.");
        }
        return new IdempotencyKey(keys.getFirst(), hash(body));
    }

    /// Stored with the key: what is hashed must not change.
    private static String hash(AddMessage body) {
        return FlightKey.of("body/1")
                .json("body", Json.mapper().valueToTree(body))
                .build()
                .hash();
    }

    private static String choice(String field, @Nullable String value, String fallback, Set<String> allowed) {
        if (value == null) {
            return fallback;
        }
        if (!allowed.contains(value)) {
            throw ApiException.unprocessable(
                    field,
                    field + " must be one of "
                            + String.join(", ", allowed.stream().sorted().toList()) + ".");
        }
        return value;
    }

    private static @Nullable String name(String field, @Nullable String value) {
        if (value != null && value.length() > MAX_NAME) {
            throw ApiException.unprocessable(field, field + " must be at most " + MAX_NAME + " characters.");
        }
        return value == null || value.isBlank() ? null : value;
    }
}
