package dev.sluice.service.session;

import dev.sluice.model.session.SessionView;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.session.SessionFilter.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a search for sessions from a request.
final class SessionSearch {
    private static final int MAX_TEXT = 200;

    private SessionSearch() {}

    /// @throws ApiException 400 or 422 naming the parameter
    static SessionFilter read(Exchange exchange) {
        return new SessionFilter(
                exchange.caller().allOrgs()
                        ? exchange.query("org").orElse(null)
                        : exchange.caller().org(),
                oneOf(exchange, "kind", Set.of("chat", "refactor", "sms")),
                oneOf(exchange, "state", Set.of("running", "ended")),
                oneOf(exchange, "outcome", Set.of("completed", "failed", "cancelled", "interrupted")),
                text(exchange, "provider"),
                text(exchange, "request_id"),
                text(exchange, "thread_id"),
                text(exchange, "sender"),
                text(exchange, "q"),
                time(exchange, "from"),
                time(exchange, "to"),
                exchange.query("cursor").map(SessionSearch::place).orElse(null),
                exchange.intQuery("limit", 50, 1, 500));
    }

    /// Returns the cursor that continues a page after a session.
    static String cursorAfter(SessionView session) {
        return session.createdAt() + "_" + session.id();
    }

    private static @Nullable String oneOf(Exchange exchange, String name, Set<String> words) {
        Optional<String> word = exchange.query(name);
        if (word.isPresent() && !words.contains(word.get())) {
            throw ApiException.badRequest(
                    name, name + " must be one of " + String.join(", ", new TreeSet<>(words)) + ".");
        }
        return word.orElse(null);
    }

    private static @Nullable String text(Exchange exchange, String name) {
        Optional<String> text = exchange.query(name);
        if (text.isPresent() && text.get().length() > MAX_TEXT) {
            throw ApiException.badRequest(name, name + " must have at most " + MAX_TEXT + " characters.");
        }
        return text.orElse(null);
    }

    private static @Nullable Instant time(Exchange exchange, String name) {
        try {
            return exchange.query(name).map(Instant::parse).orElse(null);
        } catch (DateTimeException wrong) {
            throw ApiException.badRequest(name, name + " must be a time such as 2026-01-31T08:00:00Z.");
        }
    }

    private static Place place(String cursor) {
        int split = cursor.indexOf('_');
        try {
            if (split > 0) {
                return new Place(Instant.parse(cursor.substring(0, split)), cursor.substring(split + 1));
            }
        } catch (DateTimeException wrong) {
            throw noCursor();
        }
        throw noCursor();
    }

    private static ApiException noCursor() {
        return ApiException.badRequest("cursor", "That is no cursor of a list of sessions.");
    }
}
