package dev.sluice.service.ops;

import dev.sluice.model.Json;
import dev.sluice.model.ops.ServiceInfo;
import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.OperatorToken;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.coalesce.Coalescer;
import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.coalesce.CoalescerTimes;
import dev.sluice.service.coalesce.VirtualClock;
import dev.sluice.service.config.SettingCatalog;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.HttpCounts;
import dev.sluice.service.http.HttpService;
import dev.sluice.service.http.Incidents;
import dev.sluice.service.http.Routes;
import dev.sluice.service.provider.FakeOpenAi;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.ManualScheduler;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.provider.Providers;
import dev.sluice.service.provider.Sleeper;
import dev.sluice.service.provider.SystemScheduler;
import dev.sluice.service.provider.Transport;
import dev.sluice.service.provider.UpstreamLimits;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.session.SessionPolicy;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.store.Database;
import dev.sluice.service.thread.ChatMetrics;
import dev.sluice.service.thread.ChatPolicy;
import dev.sluice.service.thread.ChatResult;
import dev.sluice.service.thread.ChatSessions;
import dev.sluice.service.thread.MessageRoutes;
import dev.sluice.service.thread.ThreadRepository;
import dev.sluice.service.thread.ThreadRoutes;
import dev.sluice.service.thread.ThreadService;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The operators' side on a free port, with chat routes beside it so that there is something to see; the
/// feed and everything that is kept run on a virtual clock.
final class OpsServer implements AutoCloseable {
    final FakeOpenAi upstream = new FakeOpenAi();
    final VirtualClock clock = new VirtualClock();
    /// Part of the state that operators see, and a test's to change.
    final AtomicInteger openStreams = new AtomicInteger();
    final Settings settings;
    final SettingsRepository settingsRepository;
    final AuditRepository audit;
    final ChatMetrics metrics = new ChatMetrics();
    final Lanes lanes;
    final OpsView view;
    final ThreadService threads;
    final Wakeups wakeups = Wakeups.start();

    private final SystemScheduler realTime = new SystemScheduler();
    private final Transport transport = new Transport(UpstreamLimits.DEFAULT, realTime, InstantSource.system());
    private final AtomicInteger ids = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Sessions sessions;
    private final Coalescer<ChatResult> coalescer;
    private final Ops ops;
    private final HttpService http;
    private final String token;

    /// @param environment what the service is started with
    OpsServer(Database db, Map<String, String> environment) throws IOException {
        var tokens = new TokenRepository(db);
        token = operatorToken(tokens);
        settingsRepository = new SettingsRepository(db);
        settings = new Settings(
                new SettingCatalog(List.of("openai")),
                new StartupValues(Map.of(), environment, _ -> Optional.empty()),
                settingsRepository.load());
        audit = new AuditRepository(db);
        sessions = Sessions.open(db, wakeups, clock::now, SessionPolicy.DEFAULT);
        var chats = new ChatSessions(sessions, clock::now);
        coalescer = new Coalescer<>(
                CoalescerLimits.DEFAULT,
                CoalescerTimes.fixed(Duration.ofSeconds(30), Duration.ofSeconds(2)),
                clock,
                this::id,
                Thread.ofVirtual().factory(),
                chats);
        var provider = Map.of("OPENAI_API_KEY", "sk-secret-0123", "OPENAI_BASE_URL", upstream.baseUrl());
        var repository = new ThreadRepository(db);
        lanes = new Lanes(
                Providers.from(name -> Optional.ofNullable(provider.get(name)), true, transport, Sleeper.REAL),
                _ -> PacerLimits.DEFAULT,
                new ManualScheduler());
        var budgets = new OrgBudgets(() -> 0, clock);
        threads =
                new ThreadService(coalescer, lanes, repository, metrics, alwaysSharing(), budgets, clock, this::id, 20);
        Supplier<HttpCounts> counts =
                () -> new HttpCounts(openStreams.get(), Incidents.Seen.NEVER, Incidents.Seen.NEVER);
        var observed = new Observed(threads, lanes, metrics, sessions, db, counts, SettingsBench.NO_TEXTS);
        view = view(db, observed, counts);
        ops = new Ops("ops-1", this::info, observed, settings, settingsRepository, audit, wakeups, clock);
        var routes = new ArrayList<Routes>(ops.routes());
        routes.add(new ThreadRoutes(threads, chats, repository, clock::now, this::id));
        routes.add(new MessageRoutes(threads, chats, metrics, Duration.ofSeconds(15)));
        http = HttpService.start(
                HttpConfig.at("127.0.0.1", 0),
                new Auth(tokens, InstantSource.system(), true),
                routes,
                List.of(),
                _ -> Optional.empty());
    }

    /// Asks as the operator.
    HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(request(path, headers).GET().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> patch(String path, String json, String... headers) throws Exception {
        return client.send(
                request(path, headers)
                        .header("Content-Type", "application/json")
                        .method("PATCH", BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    /// Posts as acme, without a token.
    HttpResponse<String> post(String path, String json) throws Exception {
        return postLater(path, json).get();
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, String json) {
        return client.sendAsync(
                HttpRequest.newBuilder(http.uri().resolve(path))
                        .header("x-org-id", "acme")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    /// Opens the operators' stream.
    OpsEvents stream(String... headers) throws Exception {
        return new OpsEvents(
                client.send(request("/api/ops/stream", headers).GET().build(), BodyHandlers.ofInputStream()));
    }

    HttpResponse<String> postAsOperator(String path, String json) throws Exception {
        return client.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build(),
                BodyHandlers.ofString());
    }

    /// Asks without a token, for nobody in particular.
    HttpResponse<String> anonymous(String path) throws Exception {
        var request = HttpRequest.newBuilder(http.uri().resolve(path)).GET();
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /// Asks without a token, as a tenant.
    HttpResponse<String> anonymous(String path, String org) throws Exception {
        var request = HttpRequest.newBuilder(http.uri().resolve(path)).header("x-org-id", org);
        return client.send(request.GET().build(), BodyHandlers.ofString());
    }

    /// Creates a thread of acme.
    String thread() throws Exception {
        return Json.mapper()
                .readTree(post("/api/threads", "{}").body())
                .path("thread_id")
                .asText();
    }

    @Override
    public void close() {
        client.shutdownNow(); // first: the server would wait for its idle connections
        upstream.close();
        http.close();
        ops.close();
        coalescer.close();
        sessions.close();
        wakeups.close();
        clock.close();
        transport.close();
        realTime.close();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(http.uri().resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(20));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private String id() {
        return "id-" + ids.incrementAndGet();
    }

    private ServiceInfo info() {
        return new ServiceInfo(
                "sluice", "test", "1", clock.now(), clock.now(), "http://test", true, false, "openai", "/test");
    }

    private static String operatorToken(TokenRepository tokens) throws IOException {
        Path file = Files.createTempFile("sluice-test", ".token");
        try {
            Files.delete(file);
            OperatorToken.ensure(file, tokens, "ann");
            return Files.readString(file).strip();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private OpsView view(Database db, Observed observed, Supplier<HttpCounts> counts) {
        var history = new SettingsHistory(settings, settingsRepository, audit);
        var reverts = new SettingsReverts(settings, settingsRepository, history, clock::now);
        var verifier = new AuditVerifier(audit, clock::now);
        return new OpsView(
                observed,
                settings,
                new Conditions(
                        db,
                        counts,
                        () -> Conditions.Backlog.NONE,
                        sessions::stats,
                        settings,
                        verifier,
                        reverts,
                        clock::now));
    }

    private static ChatPolicy alwaysSharing() {
        return new ChatPolicy() {
            @Override
            public boolean enabled() {
                return true;
            }

            @Override
            public boolean streamsEnabled() {
                return true;
            }

            @Override
            public Duration linger(boolean streamed) {
                return Duration.ZERO;
            }

            @Override
            public boolean callsAllowed() {
                return true;
            }

            @Override
            public Duration stopGrace() {
                return Duration.ZERO;
            }

            @Override
            public int requestsPerMinute() {
                return 0;
            }
        };
    }
}
