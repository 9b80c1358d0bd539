package dev.sluice.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.model.EventId;
import dev.sluice.model.session.EventPage;
import dev.sluice.model.session.SessionList;
import dev.sluice.model.session.SessionView;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.LogStream;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.replay.Batch;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Opening;
import dev.sluice.service.session.SessionFilter.Place;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Sessions of every kind over HTTP: found, looked at, followed.
public final class SessionRoutes implements Routes {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int MAX_TEXT = 200;

    private final Sessions sessions;
    private final Duration heartbeat;

    /// @param heartbeat the longest silence on a stream
    public SessionRoutes(Sessions sessions, Duration heartbeat) {
        this.sessions = sessions;
        this.heartbeat = heartbeat;
    }

    @Override
    public void register(Router router) {
        router.get("/api/sessions", Access.CLIENT, this::list)
                .get("/api/sessions/{id}", Access.CLIENT, this::get)
                .get("/api/sessions/{id}/events", Access.CLIENT, this::events);
    }

    private void list(Exchange exchange) {
        SessionFilter filter = filter(exchange);
        List<SessionView> found = sessions.list(filter);
        boolean more = found.size() == filter.limit();
        exchange.send(200, new SessionList(found, more ? place(found.getLast()) : null));
    }

    private void get(Exchange exchange) {
        exchange.send(200, find(exchange).view());
    }

    private void events(Exchange exchange) throws InterruptedException {
        answer(exchange, find(exchange));
    }

    /// Answers with the events of a session that the caller may see, from the client's cursor on: as a
    /// stream, or as a page if the client wants JSON.
    public void answer(Exchange exchange, Sessions.Found found) throws InterruptedException {
        Optional<String> cursor = LogStream.cursor(exchange, found.log().epoch());
        Opening opening = found.log().open(cursor.orElse(null));
        try (Cursor reading = opening.cursor()) {
            if (wantsJson(exchange)) {
                page(exchange, found, opening);
            } else if (opening.atEnd()) {
                exchange.sendEmpty(204);
            } else {
                exchange.departure().onGone(reading::interrupt);
                new LogStream(exchange.sse(), heartbeat, types(exchange)).run(opening);
            }
        }
    }

    private static void page(Exchange exchange, Sessions.Found found, Opening opening) {
        if (opening.reset() != null) {
            throw ApiException.badRequest("after", "That cursor cannot be used here (" + opening.reset() + ").");
        }
        int limit = exchange.intQuery("limit", 100, 1, 1_000);
        Predicate<LogEntry> shown = types(exchange);
        String epoch = found.log().epoch();
        Cursor cursor = opening.cursor();
        Batch batch = cursor.read(PAGE_BYTES);
        List<LogEntry> entries = batch.entries().stream().limit(limit).toList();
        long last = entries.isEmpty() ? cursor.position() : entries.getLast().seq();
        Batch.Gap gap = batch.gap();
        exchange.send(
                200,
                new EventPage(
                        found.view().id(),
                        epoch,
                        gap == null ? null : new EventPage.Gap(gap.requested(), gap.first(), gap.last(), gap.lost()),
                        entries.stream()
                                .filter(shown)
                                .map(entry -> event(epoch, entry))
                                .toList(),
                        new EventId(epoch, last).toString(),
                        found.log().ended() && last >= found.log().last()));
    }

    private static EventPage.Event event(String epoch, LogEntry entry) {
        return new EventPage.Event(
                new EventId(epoch, entry.seq()).toString(),
                entry.seq(),
                entry.at(),
                entry.type(),
                new String(SseFrames.data(entry.frame()), UTF_8),
                entry.terminal());
    }

    /// Another tenant's session is not found, like one that does not exist.
    private Sessions.Found find(Exchange exchange) {
        return sessions.find(exchange.pathParameter("id"))
                .filter(found -> exchange.caller().allOrgs()
                        || found.view().org().equals(exchange.caller().org()))
                .orElseThrow(() -> ApiException.notFound("There is no such session."));
    }

    private static SessionFilter filter(Exchange exchange) {
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
                text(exchange, "q"),
                time(exchange, "from"),
                time(exchange, "to"),
                exchange.query("cursor").map(SessionRoutes::place).orElse(null),
                exchange.intQuery("limit", 50, 1, 500));
    }

    private static Predicate<LogEntry> types(Exchange exchange) {
        return exchange.query("type")
                .map(types -> Set.of(types.split(",")))
                .<Predicate<LogEntry>>map(wanted -> entry -> wanted.contains(entry.type()))
                .orElse(entry -> true);
    }

    private static boolean wantsJson(Exchange exchange) {
        return exchange.header("Accept")
                .filter(accept -> accept.contains("application/json") && !accept.contains("text/event-stream"))
                .isPresent();
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

    private static String place(SessionView session) {
        return session.createdAt() + "_" + session.id();
    }

    private static Place place(String cursor) {
        int split = cursor.indexOf('_');
        try {
            if (split > 0) {
                return new Place(Instant.parse(cursor.substring(0, split)), cursor.substring(split + 1));
            }
        } catch (DateTimeException wrong) {
            // told below
        }
        throw ApiException.badRequest("cursor", "That is no cursor of a list of sessions.");
    }
}
