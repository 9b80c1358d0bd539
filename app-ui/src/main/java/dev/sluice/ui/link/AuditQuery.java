package dev.sluice.ui.link;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which entries of the audit are wanted.
///
/// @param limit how many at most
/// @param before only entries with a smaller id; null for the newest
/// @param actor only this person's; empty for everybody's
/// @param action only this kind; empty for every kind
/// @param subject only what was done to this; empty for everything
/// @param from only what happened then or later; null for no limit
/// @param to only what happened before then; null for no limit
public record AuditQuery(
        int limit,
        @Nullable Long before,
        String actor,
        String action,
        String subject,
        @Nullable Instant from,
        @Nullable Instant to) {
    /// Returns a query for the newest entries.
    public static AuditQuery newest(int limit) {
        return about(limit, "");
    }

    /// Returns a query for the newest entries about one subject.
    public static AuditQuery about(int limit, String subject) {
        return new AuditQuery(limit, null, "", "", subject, null, null);
    }

    /// Returns the same query for the page whose cursor is `cursor`.
    public AuditQuery page(int size, @Nullable Long cursor) {
        return new AuditQuery(size, cursor, actor, action, subject, from, to);
    }

    /// Returns it as the query part of a URL, question mark included.
    String text() {
        var parts = new LinkedHashMap<String, String>();
        parts.put("limit", Integer.toString(limit));
        put(parts, "before", before);
        put(parts, "actor", actor);
        put(parts, "action", action);
        put(parts, "subject", subject);
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
