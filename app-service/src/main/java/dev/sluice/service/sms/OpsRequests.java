package dev.sluice.service.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.Role;
import dev.sluice.service.config.Durations;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.sms.SmsAudit.Actor;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads what operators ask for about texts, and says what does not fit.
final class OpsRequests {
    private static final int LONGEST_REASON = 500;

    private OpsRequests() {}

    /// Returns the body, missing if there is none.
    static JsonNode body(Exchange exchange) {
        return exchange.rawBody().length == 0 ? MissingNode.getInstance() : exchange.json();
    }

    /// Returns who acts, with the reason that the body gives.
    static Actor actor(Exchange exchange, JsonNode body) {
        Caller caller = exchange.caller();
        return new Actor(
                caller.name(),
                scope(caller),
                text(body, "reason", LONGEST_REASON).orElse(null));
    }

    /// Returns whose senders a caller may see; null for all.
    static @Nullable String scope(Caller caller) {
        return caller.allOrgs() ? null : caller.org();
    }

    /// Returns whether a caller may see texts.
    static boolean seesTexts(Caller caller) {
        return caller.role() == Role.OPERATOR || caller.role() == Role.ADMIN;
    }

    /// Returns a text without outer white space; empty if it is absent, null or blank.
    static Optional<String> text(JsonNode body, String field, int longest) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().length() > longest) {
            throw ApiException.unprocessable(field, field + " must be a text of " + longest + " characters at most.");
        }
        return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
    }

    /// Returns a length of time, as settings are written; empty if it is absent or null.
    static Optional<Duration> duration(JsonNode body, String field, Duration most) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        Duration duration = parsed(field, value.asText());
        if (duration.compareTo(most) > 0) {
            throw ApiException.unprocessable(field, field + " must be at most " + Durations.canonical(most) + ".");
        }
        return Optional.of(duration);
    }

    /// Returns a length of time from a query.
    static Duration parsed(String field, String text) {
        try {
            return Durations.parse(field, text);
        } catch (IllegalArgumentException unreadable) {
            throw ApiException.unprocessable(field, String.valueOf(unreadable.getMessage()));
        }
    }

    /// Returns a flag; empty if it is absent or null.
    static Optional<Boolean> flag(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw ApiException.unprocessable(field, field + " must be true or false.");
        }
        return Optional.of(value.booleanValue());
    }

    /// Returns a time of the query.
    static @Nullable Instant instant(Exchange exchange, String name) {
        return exchange.query(name)
                .map(text -> {
                    try {
                        return Instant.parse(text);
                    } catch (DateTimeParseException unreadable) {
                        throw ApiException.badRequest(name, name + " must be a time such as 2026-03-01T12:00:00Z.");
                    }
                })
                .orElse(null);
    }

    /// Runs an action; what does not fit is 404 or 409.
    static <T extends @Nullable Object> T attempt(Supplier<T> action) {
        try {
            return action.get();
        } catch (ActionRefusedException refused) {
            String message = String.valueOf(refused.getMessage());
            throw refused.unknown() ? ApiException.notFound(message) : ApiException.conflict(message);
        }
    }

    /// Returns whether only the effect is asked for.
    static boolean dryRun(Exchange exchange) {
        return exchange.query("dry_run").filter(flag -> !flag.equals("0")).isPresent();
    }
}
