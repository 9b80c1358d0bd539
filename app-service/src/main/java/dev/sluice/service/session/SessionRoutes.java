package dev.sluice.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.model.EventId;
import dev.sluice.model.session.EventPage;
import dev.sluice.model.session.SessionList;
import dev.sluice.model.session.SessionView;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Departure;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.LogStream;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.http.SseWriter;
import dev.sluice.service.replay.Batch;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Opening;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Sessions of every kind over HTTP: found, looked at, followed, replayed.
public final class SessionRoutes implements Routes {
    private static final int PAGE_BYTES = 1 << 20;

    private final Sessions sessions;
    private final Duration heartbeat;

    /// @param heartbeat the longest silence on a stream
    public SessionRoutes(Sessions sessions, Duration heartbeat) {
        this.sessions = sessions;
        this.heartbeat = heartbeat;
    }

    @Override
    public void register(Router router) {
        router
                .get("/api/sessions", Access.CLIENT, this::list)
                .get("/api/sessions/{id}", Access.CLIENT, this::get)
                .stream("/api/sessions/{id}/events", Access.CLIENT, this::events);
    }

    private void list(Exchange exchange) {
        SessionFilter filter = SessionSearch.read(exchange);
        List<SessionView> found = sessions.list(filter);
        boolean more = found.size() == filter.limit();
        exchange.send(200, new SessionList(found, more ? SessionSearch.cursorAfter(found.getLast()) : null));
    }

    private void get(Exchange exchange) {
        exchange.send(200, find(sessions, exchange).view());
    }

    private void events(Exchange exchange) throws InterruptedException {
        answer(exchange, find(sessions, exchange));
    }

    /// Answers with the events of a session that the caller may see, as [EventQuery] reads them from the request: as a
    /// stream, or as a page if the client wants JSON.
    public void answer(Exchange exchange, Sessions.Found found) throws InterruptedException {
        EventQuery query = EventQuery.read(exchange);
        Opening opening = EventQuery.open(exchange, found.log(), found.view().createdAt());
        try (Cursor reading = opening.cursor()) {
            if (query.json()) {
                exchange.send(200, page(found, opening, query, exchange.intQuery("limit", 100, 1, 1_000)));
            } else if (opening.atEnd()) {
                exchange.sendEmpty(204);
            } else {
                Departure departure = exchange.departure();
                departure.onGone(reading::interrupt);
                write(exchange.sse(), opening, query, departure);
            }
        }
    }

    private void write(SseWriter sse, Opening opening, EventQuery query, Departure departure)
            throws InterruptedException {
        if (query.pace().isPresent()) {
            new Playback(sse, query.pace().get(), heartbeat, query::shows, timer(departure)).run(opening);
        } else {
            new LogStream(sse, heartbeat, query::shows).run(opening);
        }
    }

    private static EventPage page(Sessions.Found found, Opening opening, EventQuery query, int limit) {
        String epoch = found.log().epoch();
        Cursor cursor = opening.cursor();
        Batch batch = cursor.read(PAGE_BYTES);
        List<LogEntry> entries = batch.entries().stream().limit(limit).toList();
        long last = entries.isEmpty() ? cursor.position() : entries.getLast().seq();
        Batch.Gap gap = batch.gap();
        return new EventPage(
                found.view().id(),
                epoch,
                opening.reset(),
                gap == null ? null : new EventPage.Gap(gap.requested(), gap.first(), gap.last(), gap.lost()),
                entries.stream()
                        .filter(query::shows)
                        .map(entry -> event(epoch, entry))
                        .toList(),
                new EventId(epoch, last).toString(),
                found.log().ended() && last >= found.log().last());
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

    /// Finds the session of a request's path. Another tenant's is not found, like one that does not exist.
    ///
    /// @throws ApiException 404, or 410 if it was there and is gone
    static Sessions.Found find(Sessions sessions, Exchange exchange) {
        String id = exchange.pathParameter("id");
        String org = exchange.caller().allOrgs() ? null : exchange.caller().org();
        return sessions.find(id)
                .filter(found -> org == null || found.view().org().equals(org))
                .orElseThrow(() -> sessions.gone(id, org)
                        ? ApiException.of(410, "This session is too old, or was to be forgotten; it is gone.")
                        : ApiException.notFound("There is no such session."));
    }

    private static Playback.Timer timer(Departure departure) {
        var gone = new Semaphore(0);
        departure.onGone(gone::release);
        return new Playback.Timer() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void pause(long nanos) throws InterruptedException {
                if (gone.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                    gone.release(); // every later pause ends at once, too
                }
            }
        };
    }
}
