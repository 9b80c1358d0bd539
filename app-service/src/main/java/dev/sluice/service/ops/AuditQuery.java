package dev.sluice.service.ops;

import dev.sluice.model.ops.AuditView;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which entries of the audit are wanted.
///
/// @param limit how many at most
/// @param before only ids below this; null for all
/// @param actor only of this one; null for all
/// @param action only this one, or those that begin with it and a dot; null for all
/// @param subject only this one; null for all
/// @param from not before; null for all
/// @param to before; null for all
record AuditQuery(
        int limit,
        @Nullable Long before,
        @Nullable String actor,
        @Nullable String action,
        @Nullable String subject,
        @Nullable Instant from,
        @Nullable Instant to) {
    private static final int MAX_LIMIT = 1_000;
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /// The newest ones, whatever they are.
    static AuditQuery newest(int limit) {
        return new AuditQuery(limit, null, null, null, null, null, null);
    }

    /// Reads `limit`, `before`, `actor`, `action`, `subject`, `from` and `to`.
    ///
    /// @throws ApiException 422 naming what is wrong
    static AuditQuery read(Exchange exchange) {
        return new AuditQuery(
                exchange.intQuery("limit", 50, 1, MAX_LIMIT),
                id(exchange, "before"),
                text(exchange, "actor"),
                text(exchange, "action"),
                text(exchange, "subject"),
                instant(exchange, "from"),
                instant(exchange, "to"));
    }

    /// Reads an id from the query; null if it is not there.
    ///
    /// @throws ApiException 422
    static @Nullable Long id(Exchange exchange, String name) {
        String text = text(exchange, name);
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiException.unprocessable(name, name + " must be the id of an entry.");
        }
        return Long.valueOf(text);
    }

    /// Returns the statement that finds them and one more, newest first.
    String statement() {
        var conditions = new ArrayList<String>(List.of("id > 0"));
        add(conditions, before, "id < ?");
        add(conditions, actor, "actor = ?");
        add(conditions, action, "(action = ? OR substr(action, 1, ?) = ?)");
        add(conditions, subject, "subject = ?");
        add(conditions, from, "at >= ?");
        add(conditions, to, "at < ?");
        return "SELECT * FROM ops_audit WHERE " + String.join(" AND ", conditions) + " ORDER BY id DESC LIMIT ?";
    }

    /// Returns the statement's parameters.
    List<Object> parameters() {
        var values = new ArrayList<Object>();
        add(values, before, before);
        add(values, actor, actor);
        if (action != null) {
            values.addAll(List.of(action, action.length() + 1, action + "."));
        }
        add(values, subject, subject);
        add(values, from, from);
        add(values, to, to);
        values.add(limit + 1);
        return values;
    }

    /// Makes a page of what was found.
    AuditView page(List<AuditView.Entry> found, AuditView.Chain chain) {
        boolean more = found.size() > limit;
        var entries = more ? found.subList(0, limit) : found;
        return new AuditView(entries, more ? entries.getLast().id() : null, chain);
    }

    private static <T> void add(List<T> list, @Nullable Object wanted, @Nullable T value) {
        if (wanted != null && value != null) {
            list.add(value);
        }
    }

    private static @Nullable String text(Exchange exchange, String name) {
        return exchange.query(name).filter(text -> !text.isEmpty()).orElse(null);
    }

    private static @Nullable Instant instant(Exchange exchange, String name) {
        String text = text(exchange, name);
        if (text == null) {
            return null;
        }
        try {
            return DAY.matcher(text).matches()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ApiException.unprocessable(name, name + " must be a time such as 2026-03-04T05:06:07Z, or a day.");
        }
    }
}
