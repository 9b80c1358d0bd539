package dev.sluice.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.HttpService;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.store.Database;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sessions behind a web server, for tests; `x-org-id` is believed.
final class SessionServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    final Sessions sessions;
    final List<String> audited = new ArrayList<>();
    private final Wakeups wakeups = Wakeups.start();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpService http;

    SessionServer(Database db, InstantSource clock, SessionPolicy policy) {
        sessions = Sessions.open(db, wakeups, clock, policy);
        http = HttpService.start(
                HttpConfig.at("127.0.0.1", 0),
                new Auth(new TokenRepository(db), InstantSource.system(), true),
                List.of(
                        new SessionRoutes(sessions, Duration.ofSeconds(15)),
                        new SessionFileRoutes(
                                sessions, (actor, action, id, from) -> audited.add(action + " " + id + " " + from))),
                List.of(),
                _ -> Optional.empty());
    }

    /// Stores a session of a number of events that has ended.
    void ended(String id, String org, int events) {
        EventLog log = begin(id, org);
        for (int i = 1; i < events; i++) {
            log.append(i % 10 == 0 ? "stage" : "progress", data(i));
        }
        log.end("complete", data(events));
        Awaiting.that(log::ended);
    }

    EventLog begin(String id, String org) {
        return sessions.begin(
                new NewSession(id, Kind.REFACTOR, org, NOW, null, "user-1", null, "req-" + id, null, null, false));
    }

    static byte[] data(int n) {
        return ("{\"n\":" + n + "}").getBytes(UTF_8);
    }

    HttpResponse<byte[]> get(String org, String path, String... headers) throws Exception {
        return client.send(request(org, path, headers).GET().build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    HttpResponse<InputStream> open(String org, String path, String... headers) throws Exception {
        return client.send(request(org, path, headers).GET().build(), BodyHandlers.ofInputStream());
    }

    JsonNode json(String org, String path, String... headers) throws Exception {
        return Json.mapper().readTree(get(org, path, headers).body());
    }

    List<SseEvent> events(String org, String path, String... headers) throws Exception {
        return parse(get(org, path, headers).body());
    }

    static List<SseEvent> parse(byte[] wire) {
        var events = new ArrayList<SseEvent>();
        new SseParser(events::add).feed(wire, 0, wire.length);
        return events;
    }

    HttpRequest.Builder request(String org, String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(http.uri() + path)).header("x-org-id", org);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    @Override
    public void close() {
        client.shutdownNow();
        http.close();
        sessions.close();
        wakeups.close();
    }
}
