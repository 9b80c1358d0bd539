package dev.sluice.ui.fake;

import com.sun.net.httpserver.HttpExchange;
import dev.sluice.model.EventId;
import dev.sluice.model.Json;
import dev.sluice.model.session.EventPage;
import dev.sluice.model.session.SessionList;
import dev.sluice.model.session.SessionView;
import dev.sluice.model.sse.SseFrames;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The sessions of a [FakeService]: listed, read page by page, followed over streams that can be cut,
/// exported and imported.
public final class FakeSessions {
    /// What was asked of the list.
    public final List<String> asked = new CopyOnWriteArrayList<>();
    /// What streams resumed from.
    public final List<String> resumedFrom = new CopyOnWriteArrayList<>();
    /// The files that were imported.
    public final List<String> imported = new CopyOnWriteArrayList<>();

    private final Map<String, FakeSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile boolean ending;
    private volatile boolean down;

    FakeSessions() {}

    /// Adds a session.
    public void add(SessionView view) {
        sessions.put(view.id(), new FakeSession(view));
    }

    /// Has something happen in a session.
    public void append(String id, Instant at, String type, String data) {
        session(id).append(at, type, data);
    }

    /// Ends a session with the event appended last.
    public void end(String id, String outcome, Instant at) {
        session(id).ended(outcome, at);
    }

    /// Forgets the first events of a session.
    public void trim(String id, int first) {
        session(id).trim(first);
    }

    /// Empties a session's log and gives it a new life.
    public void beginAnew(String id) {
        session(id).beginAnew();
    }

    /// Removes a session for good.
    public void forget(String id) {
        sessions.remove(id);
    }

    /// Breaks all streams of sessions.
    public void cut() {
        cuts.incrementAndGet();
        sessions.values().forEach(FakeSession::wake);
    }

    /// Refuses, or no longer refuses, to answer anything about sessions for lack of means.
    public void down(boolean isDown) {
        down = isDown;
        if (isDown) {
            cut();
        }
    }

    /// Returns a session as it is now.
    public SessionView view(String id) {
        return session(id).view();
    }

    void end() {
        ending = true;
        cut();
    }

    void handle(HttpExchange exchange) throws IOException, InterruptedException {
        var parts = exchange.getRequestURI().getPath().split("/", -1);
        if (down) {
            Answers.problem(exchange, 503, "The store takes no requests now.", null);
        } else if (parts.length == 3) {
            list(exchange);
        } else if (parts[3].equals("import")) {
            bringIn(exchange);
        } else {
            one(exchange, parts[3], parts.length > 4 ? parts[4] : "");
        }
    }

    private void one(HttpExchange exchange, String id, String part) throws IOException, InterruptedException {
        var session = sessions.get(id);
        if (session == null) {
            Answers.problem(exchange, id.startsWith("old") ? 410 : 404, "There is no such session.", null);
        } else if (part.equals("export")) {
            Answers.send(exchange, 200, "application/x-ndjson", file(session).getBytes(StandardCharsets.UTF_8));
        } else if (part.isEmpty()) {
            Answers.answer(exchange, 200, session.view());
        } else if ("text/event-stream".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
            stream(exchange, session);
        } else {
            var query = parameters(exchange);
            int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
            Answers.answer(exchange, 200, session.page(query.getOrDefault("after", ""), limit));
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        asked.add(Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""));
        var query = parameters(exchange);
        int limit = Integer.parseInt(query.getOrDefault("limit", "50"));
        var found = sessions.values().stream()
                .map(FakeSession::view)
                .filter(view -> matches(view, query))
                .sorted(Comparator.comparing(SessionView::createdAt)
                        .thenComparing(SessionView::id)
                        .reversed())
                .toList();
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int to = Math.min(found.size(), from + limit);
        Answers.answer(
                exchange,
                200,
                new SessionList(found.subList(from, to), to < found.size() ? Integer.toString(to) : null));
    }

    private static boolean matches(SessionView view, Map<String, String> query) {
        return query.getOrDefault("kind", view.kind()).equals(view.kind())
                && query.getOrDefault("state", view.state()).equals(view.state())
                && query.getOrDefault("org", view.org()).equals(view.org())
                && (!query.containsKey("outcome") || query.get("outcome").equals(view.outcome()))
                && (view.id() + view.title() + view.threadId()).contains(query.getOrDefault("q", ""));
    }

    private void bringIn(HttpExchange exchange) throws IOException {
        var file = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        imported.add(exchange.getRequestHeaders().getFirst("Content-Type") + " " + file);
        if (!file.startsWith("{")) {
            Answers.problem(exchange, 422, "The file is not a whole exported session: line 1: not the JSON.", null);
            return;
        }
        var view = SampleSessions.imported("import_7c1", Instant.now(), "f-elsewhere");
        sessions.put(view.id(), new FakeSession(view));
        Answers.answer(exchange, 201, session(view.id()).view());
    }

    private void stream(HttpExchange exchange, FakeSession session) throws IOException, InterruptedException {
        int alive = cuts.get();
        var after = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Last-Event-ID"), "");
        resumedFrom.add(after);
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        var body = exchange.getResponseBody();
        body.write(SseFrames.opening(Duration.ofMillis(500)));
        body.flush();
        var cursor = after;
        while (!ending && alive == cuts.get()) {
            var page = session.page(cursor, 100);
            for (var event : page.events()) {
                body.write(
                        SseFrames.event(event.id(), event.event(), event.data().getBytes(StandardCharsets.UTF_8)));
            }
            body.write(SseFrames.comment("beat"));
            body.flush();
            cursor = page.next();
            if (page.ended()) {
                exchange.close();
                return;
            }
            session.await(EventId.parse(cursor).orElseThrow().seq());
        }
        // leaving the body open has the server drop the connection without the end that a whole answer has
        throw new IOException("cut");
    }

    private static String file(FakeSession session) {
        var lines = new StringBuilder("{\"session\":\"" + session.view().id() + "\"}\n");
        for (EventPage.Event event : session.page("", Integer.MAX_VALUE / 2).events()) {
            lines.append(Json.text(event)).append('\n');
        }
        return lines.toString();
    }

    private FakeSession session(String id) {
        @Nullable FakeSession found = sessions.get(id);
        return Objects.requireNonNull(found, () -> "no session " + id);
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        var parameters = new HashMap<String, String>();
        var query = exchange.getRequestURI().getRawQuery();
        for (var part : query == null ? new String[0] : query.split("&", -1)) {
            int at = part.indexOf('=');
            parameters.put(part.substring(0, at), URLDecoder.decode(part.substring(at + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
