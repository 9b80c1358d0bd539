package dev.sluice.service.refactor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.model.Json;
import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.coalesce.VirtualClock;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.HttpService;
import dev.sluice.service.http.Routes;
import dev.sluice.service.http.Until;
import dev.sluice.service.provider.FakeOpenAi;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.provider.Providers;
import dev.sluice.service.provider.Sleeper;
import dev.sluice.service.provider.SystemScheduler;
import dev.sluice.service.provider.Transport;
import dev.sluice.service.provider.UpstreamLimits;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.session.SessionPolicy;
import dev.sluice.service.session.SessionRoutes;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.store.Database;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The refactoring side of the service on a free port: real store, real sockets, a fake provider that counts, and
/// a virtual clock for every time-out.
final class RefactorServer implements AutoCloseable {
    static final String ORG = "acme";
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final RefactorService.Limits LIMITS = new RefactorService.Limits(4, 3, Duration.ofSeconds(10));

    final FakeOpenAi upstream = new FakeOpenAi();
    final VirtualClock clock = new VirtualClock();
    final Sessions sessions;
    final RefactorService service;
    final AtomicInteger perMinute = new AtomicInteger();
    volatile boolean callsAllowed = true;

    private final SystemScheduler realTime = new SystemScheduler();
    private final Transport transport = new Transport(UpstreamLimits.DEFAULT, realTime, InstantSource.system());
    private final Wakeups wakeups = Wakeups.start();
    private final AtomicInteger ids = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpService http;

    RefactorServer(Database db) {
        this(db, PacerLimits.DEFAULT);
    }

    RefactorServer(Database db, PacerLimits pace) {
        sessions = Sessions.open(db, wakeups, clock::now, SessionPolicy.DEFAULT);
        var environment = Map.of("OPENAI_API_KEY", "sk-secret-0123", "OPENAI_BASE_URL", upstream.baseUrl());
        var lanes = new Lanes(
                Providers.from(name -> Optional.ofNullable(environment.get(name)), true, transport, Sleeper.REAL),
                _ -> pace,
                realTime);
        var pipeline =
                new ChatPipeline(lanes, new OrgBudgets(perMinute::get, clock), () -> callsAllowed, () -> 0, clock);
        service = new RefactorService(sessions, pipeline, () -> callsAllowed, clock, ids::incrementAndGet, LIMITS);
        var sessionRoutes = new SessionRoutes(sessions, Duration.ofSeconds(15));
        List<Routes> routes = List.of(sessionRoutes, new RefactorRoutes(service, sessionRoutes));
        var auth = new Auth(new TokenRepository(db), InstantSource.system(), true);
        http = HttpService.start(HttpConfig.at("127.0.0.1", 0), auth, routes, List.of(), _ -> Optional.empty());
    }

    /// Returns a request that is complete, without retries: their pauses pass on a clock that stands still here.
    static ObjectNode body(String prompt, String mode) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("user_id", "ann")
                .put("user_prompt", prompt)
                .put("mode", mode)
                .put("max_retries", 0)
                .putObject("github_credentials")
                .put("access_token", "ghp_0123456789secret")
                .put("repository_url", "https://github.com/acme/parser");
        return body;
    }

    /// Begins a job of [#ORG] and returns the answer.
    JsonNode begin(String prompt, String mode) throws Exception {
        return begin(body(prompt, mode));
    }

    JsonNode begin(ObjectNode body) throws Exception {
        HttpResponse<String> answer = post("/api/refactor", body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return json(answer);
    }

    static String id(JsonNode begun) {
        return begun.path("session_id").asText();
    }

    static String path(JsonNode begun) {
        return begun.path("status_url").asText();
    }

    /// Returns a job's status document.
    JsonNode status(JsonNode begun) throws Exception {
        return json(get(path(begun)));
    }

    /// Waits until a job's status is one of those, and returns the document.
    JsonNode await(JsonNode begun, String... statuses) throws Exception {
        var wanted = List.of(statuses);
        Until.holds(
                wanted + " of " + id(begun),
                () -> wanted.contains(status(begun).path("status").asText()));
        return status(begun);
    }

    HttpResponse<String> confirm(JsonNode begun, String what, Map<String, ?> body) throws Exception {
        return post(path(begun) + "/confirm-" + what, body);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(request(path, headers).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, Object json, String... headers) throws Exception {
        return client.send(
                request(path, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.text(json)))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path, String... headers) throws Exception {
        return client.send(request(path, headers).DELETE().build(), BodyHandlers.ofString());
    }

    /// Opens a job's events.
    EventStream events(JsonNode begun, String... headers) throws Exception {
        return stream(path(begun) + "/sse", headers);
    }

    EventStream stream(String path, String... headers) throws Exception {
        return new EventStream(client.send(request(path, headers).GET().build(), BodyHandlers.ofInputStream()));
    }

    /// Opens a path as a browser does: no header names anybody.
    EventStream browse(String path) throws Exception {
        var request = HttpRequest.newBuilder(http.uri().resolve(path))
                .timeout(PATIENCE)
                .GET()
                .build();
        return new EventStream(client.send(request, BodyHandlers.ofInputStream()));
    }

    static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readTree(answer.body());
    }

    @Override
    public void close() {
        client.shutdownNow(); // first: the server would wait for its idle connections
        upstream.close();
        service.close();
        http.close();
        sessions.close();
        wakeups.close();
        clock.close();
        transport.close();
        realTime.close();
    }

    /// @param headers names and values by turns; `x-org-id` is [#ORG] unless named
    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(http.uri().resolve(path)).timeout(PATIENCE);
        request.header("x-org-id", ORG);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request;
    }
}
