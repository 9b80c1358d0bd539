package dev.sluice.service.thread;

import dev.sluice.model.Json;
import dev.sluice.model.thread.CreateThread;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.coalesce.Coalescer;
import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.coalesce.CoalescerTimes;
import dev.sluice.service.coalesce.VirtualClock;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.HttpService;
import dev.sluice.service.http.Routes;
import dev.sluice.service.provider.FakeOpenAi;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.ManualScheduler;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.provider.Providers;
import dev.sluice.service.provider.RetryPolicy;
import dev.sluice.service.provider.Sleeper;
import dev.sluice.service.provider.SystemScheduler;
import dev.sluice.service.provider.Transport;
import dev.sluice.service.provider.UpstreamLimits;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.session.SessionPolicy;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// The chat side of the service on a free port: real store, real sockets, a fake provider that counts, and a
/// virtual clock for everything that is kept.
final class ChatServer implements AutoCloseable {
    static final String ORG = "acme";
    static final Duration RESULT_TTL = Duration.ofSeconds(30);
    static final Duration ERROR_TTL = Duration.ofSeconds(2);
    static final int CONTEXT_MESSAGES = 20;

    final FakeOpenAi upstream = new FakeOpenAi();
    final VirtualClock clock = new VirtualClock();
    final ChatMetrics metrics = new ChatMetrics();
    final ThreadRepository repository;
    final Sessions sessions;
    final Coalescer<ChatResult> coalescer;
    final ThreadService service;
    final ScriptedPolicy policy = new ScriptedPolicy();
    final ManualScheduler slots = new ManualScheduler();
    final Lanes lanes;

    private final SystemScheduler realTime = new SystemScheduler();
    private final Transport transport = new Transport(UpstreamLimits.DEFAULT, realTime, InstantSource.system());
    private final Wakeups wakeups = Wakeups.start();
    private final AtomicInteger ids = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpService http;

    ChatServer(Database db) {
        this(db, PacerLimits.DEFAULT);
    }

    ChatServer(Database db, PacerLimits limits) {
        repository = new ThreadRepository(db);
        sessions = Sessions.open(db, wakeups, clock::now, SessionPolicy.DEFAULT);
        var chats = new ChatSessions(sessions, clock::now);
        coalescer = new Coalescer<>(
                CoalescerLimits.DEFAULT,
                CoalescerTimes.fixed(RESULT_TTL, ERROR_TTL),
                clock,
                () -> "flight-" + ids.incrementAndGet(),
                Thread.ofVirtual().factory(),
                chats);
        policy.streamLinger = Duration.ofSeconds(5);
        var environment = Map.of("OPENAI_API_KEY", "sk-secret-0123", "OPENAI_BASE_URL", upstream.baseUrl());
        lanes = new Lanes(
                Providers.from(name -> Optional.ofNullable(environment.get(name)), true, transport, Sleeper.REAL),
                _ -> limits,
                slots);
        service = new ThreadService(coalescer, lanes, tools());
        List<Routes> routes = List.of(
                new ThreadRoutes(service, chats, repository, clock::now, () -> "t-" + ids.incrementAndGet()),
                new MessageRoutes(service, chats, metrics, Duration.ofSeconds(15)));
        var auth = new Auth(new TokenRepository(db), InstantSource.system(), true);
        http = HttpService.start(HttpConfig.at("127.0.0.1", 0), auth, routes, List.of(), _ -> Optional.empty());
    }

    /// Creates a thread of [#ORG].
    String thread() {
        return thread(ORG);
    }

    String thread(String org) {
        String id = "thread-" + ids.incrementAndGet();
        repository.create(org, id, new CreateThread(null, null, null), clock.now());
        return id;
    }

    /// Posts a message of [#ORG] and waits for its answer.
    ///
    /// @param headers names and values by turns
    HttpResponse<String> ask(String thread, String text, String... headers) throws Exception {
        return client.send(request(ORG, messages(thread), body(text), headers), BodyHandlers.ofString());
    }

    /// Posts a message of [#ORG] without waiting.
    CompletableFuture<HttpResponse<String>> asking(String thread, String text, String... headers) {
        return client.sendAsync(request(ORG, messages(thread), body(text), headers), BodyHandlers.ofString());
    }

    /// Posts a message of [#ORG] and reads its answer as a stream.
    EventReader stream(String thread, String text, String... headers) throws Exception {
        return streamOf(ORG, thread, text, headers);
    }

    EventReader streamOf(String org, String thread, String text, String... headers) throws Exception {
        return new EventReader(client.send(
                request(org, messages(thread) + "/stream", body(text), headers), BodyHandlers.ofInputStream()));
    }

    HttpResponse<String> post(String org, String path, String json, String... headers) throws Exception {
        return client.send(request(org, path, json, headers), BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String org, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(http.uri().resolve(path))
                        .header("x-org-id", org)
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());
    }

    static String messages(String thread) {
        return "/api/threads/" + thread + "/messages";
    }

    static String body(String text) {
        return Json.text(Map.of("content", text));
    }

    static Turn turn(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readValue(answer.body(), Turn.class);
    }

    /// Returns the sentence of a problem document.
    static String detail(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readTree(answer.body()).path("detail").asText();
    }

    static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    /// Waits until that many listen to flights.
    void awaitListeners(int count) {
        while (coalescer.inAir().stream().mapToInt(flight -> flight.listeners()).sum() != count) {
            Thread.onSpinWait();
        }
    }

    /// Waits until a flight without listeners waits for its end on the clock.
    void awaitLingering() {
        awaitListeners(0);
        while (clock.pending() == 0) {
            Thread.onSpinWait();
        }
    }

    /// Waits until no flight is in the air.
    void awaitLanded() {
        while (!coalescer.inAir().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        client.shutdownNow(); // first: the server would wait for its idle connections
        upstream.close();
        http.close();
        coalescer.close();
        sessions.close();
        wakeups.close();
        clock.close();
        transport.close();
        realTime.close();
    }

    private HttpRequest request(String org, String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(http.uri().resolve(path))
                .header("x-org-id", org)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    /// Without retries: their pauses pass on a clock that stands still here.
    private ChatTools tools() {
        return new ChatTools(
                repository,
                new NewestTurns(),
                new UnstoredTurns(repository::storeTurn, clock, Runnable::run, UnstoredTurns.Limits.DEFAULT),
                metrics,
                policy,
                new OrgBudgets(policy::requestsPerMinute, clock),
                new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
                () -> 0,
                clock,
                () -> "id-" + ids.incrementAndGet(),
                CONTEXT_MESSAGES);
    }
}
