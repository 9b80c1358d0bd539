package dev.sluice.ui.link;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which sessions are wanted; an empty text leaves a part open.
///
/// @param limit how many at most
/// @param cursor continues a page, as its `next` said; empty for the newest
/// @param state `running` or `ended`
/// @param text occurs in the id, title, user, thread or request
/// @param from only those that began then or later; null for no limit
/// @param to only those that began before then; null for no limit
public record SessionQuery(
        int limit,
        String cursor,
        String kind,
        String state,
        String outcome,
        String org,
        String text,
        @Nullable Instant from,
        @Nullable Instant to) {
    /// Returns the same query for the page whose cursor is `next`.
    public SessionQuery page(String next) {
        return new SessionQuery(limit, next, kind, state, outcome, org, text, from, to);
    }

    /// Returns it as the query part of a URL, question mark included.
    String written() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("limit", Integer.toString(limit));
        put(parts, "cursor", cursor);
        put(parts, "kind", kind);
        put(parts, "state", state);
        put(parts, "outcome", outcome);
        put(parts, "org", org);
        put(parts, "q", text);
        put(parts, "from", from);
        put(parts, "to", to);
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private static void put(Map<String, String> parts, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            parts.put(name, value.toString());
        }
    }
}
