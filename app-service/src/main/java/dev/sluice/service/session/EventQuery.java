package dev.sluice.service.session;

import dev.sluice.model.EventId;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.LogStream;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Opening;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which part of a session's events a request asks for, and how.
///
/// @param types only events of these names; empty for all
/// @param json whether a page is asked for and not a stream
/// @param pace how fast they are to be shown; empty as fast as they can be read
record EventQuery(Set<String> types, boolean json, Optional<Pace> pace) {
    private static final int SEEK_BYTES = 256 << 10;
    private static final Duration NO_LIMIT = Duration.ofDays(365);

    /// @throws ApiException 400 naming the parameter
    static EventQuery read(Exchange exchange) {
        return new EventQuery(
                exchange.query("type")
                        .map(types -> Set.copyOf(List.of(types.split(","))))
                        .orElse(Set.of()),
                exchange.header("Accept")
                        .filter(accept -> accept.contains("application/json") && !accept.contains("text/event-stream"))
                        .isPresent(),
                exchange.query("pace").map(text -> pace(text, exchange.query("max_idle"))));
    }

    /// Opens a log where the client left; if it comes for the first time, at `?at=` or `?at_type=`, else at the first
    /// event.
    ///
    /// @param began when the session began: `?at=12.5s` is counted from there
    /// @throws ApiException 400 naming the parameter
    static Opening open(Exchange exchange, EventLog log, Instant began) {
        Optional<String> cursor = LogStream.cursor(exchange, log.epoch());
        if (cursor.isPresent()) {
            return log.open(cursor.get());
        }
        Optional<Instant> at = exchange.query("at").map(text -> time(text, began));
        Optional<String> type = exchange.query("at_type");
        if (at.isEmpty() && type.isEmpty()) {
            return log.open(null);
        }
        Predicate<LogEntry> wanted =
                entry -> at.map(time -> !entry.at().isBefore(time)).orElse(true)
                        && type.map(entry.type()::equals).orElse(true);
        return log.open(new EventId(log.epoch(), before(log, wanted)).toString());
    }

    /// Tells whether an event is asked for.
    boolean shows(LogEntry entry) {
        return types.isEmpty() || types.contains(entry.type());
    }

    /// Returns the number before the first event wanted; that of the newest one if there is none yet.
    private static long before(EventLog log, Predicate<LogEntry> wanted) {
        try (Cursor cursor = log.cursorAfter(0)) {
            while (cursor.position() < log.last()) {
                for (LogEntry entry : cursor.read(SEEK_BYTES).entries()) {
                    if (wanted.test(entry)) {
                        return entry.seq() - 1;
                    }
                }
            }
            return cursor.position();
        }
    }

    private static Pace pace(String factor, Optional<String> maxIdle) {
        try {
            return new Pace(
                    Double.parseDouble(factor),
                    maxIdle.map(text -> seconds("max_idle", text)).orElse(NO_LIMIT));
        } catch (IllegalArgumentException wrong) {
            throw ApiException.badRequest("pace", "pace must be a number from 0.25 to 16.");
        }
    }

    private static Instant time(String text, Instant began) {
        if (text.endsWith("s")) {
            return began.plus(seconds("at", text));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw ApiException.badRequest(
                    "at",
                    "at must be a time such as 2026-01-31T08:00:00Z, or seconds from the beginning such as 12.5s.");
        }
    }

    private static Duration seconds(String name, String text) {
        if (!text.matches("[0-9]{1,6}(\\.[0-9]{1,6})?s")) {
            throw ApiException.badRequest(name, name + " must be seconds such as 2s or 0.5s.");
        }
        return Duration.ofNanos((long) (Double.parseDouble(text.substring(0, text.length() - 1)) * 1e9));
    }
}
