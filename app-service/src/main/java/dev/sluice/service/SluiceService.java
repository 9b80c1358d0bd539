package dev.sluice.service;

import dev.sluice.model.Json;
import dev.sluice.model.ops.ServiceInfo;
import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.OperatorToken;
import dev.sluice.service.auth.OsUser;
import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.coalesce.Coalescer;
import dev.sluice.service.coalesce.CoalescerLimits;
import dev.sluice.service.coalesce.CoalescerTimes;
import dev.sluice.service.coalesce.FlightLogs;
import dev.sluice.service.config.Exposure;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.SettingCatalog;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.HttpCounts;
import dev.sluice.service.http.HttpService;
import dev.sluice.service.http.ReadinessCheck;
import dev.sluice.service.http.Routes;
import dev.sluice.service.ops.AuditRepository;
import dev.sluice.service.ops.Observed;
import dev.sluice.service.ops.Ops;
import dev.sluice.service.ops.Texts;
import dev.sluice.service.ops.TokenRegister;
import dev.sluice.service.provider.ChatProvider;
import dev.sluice.service.provider.Lanes;
import dev.sluice.service.provider.OrgBudgets;
import dev.sluice.service.provider.Providers;
import dev.sluice.service.refactor.ChatPipeline;
import dev.sluice.service.refactor.RefactorRoutes;
import dev.sluice.service.refactor.RefactorService;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.session.SessionFileRoutes;
import dev.sluice.service.session.SessionRoutes;
import dev.sluice.service.session.Sessions;
import dev.sluice.service.sms.SmsService;
import dev.sluice.service.store.DataDirectory;
import dev.sluice.service.store.Database;
import dev.sluice.service.thread.ChatMetrics;
import dev.sluice.service.thread.ChatResult;
import dev.sluice.service.thread.ChatSessions;
import dev.sluice.service.thread.MessageRoutes;
import dev.sluice.service.thread.ThreadRepository;
import dev.sluice.service.thread.ThreadRoutes;
import dev.sluice.service.thread.ThreadService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/// The whole service: the one place where its parts are put together.
///
/// Starts serving when it is constructed by [#start]; [#close] stops it in order, within the grace.
public final class SluiceService implements AutoCloseable {
    /// Where a running service tells consoles how to reach it, within the data directory.
    public static final String SERVICE_FILE = "service.json";

    /// Where the console's token is kept, within the data directory.
    public static final String OPERATOR_TOKEN_FILE = "operator.token";

    private static final System.Logger LOG = System.getLogger(SluiceService.class.getName());

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final String instanceId = UUID.randomUUID().toString();
    private final Instant startedAt = Instant.now();
    private final AtomicReference<HttpService> http = new AtomicReference<>();
    private final ServiceConfig config;
    private final DataDirectory directory;

    private SluiceService(ServiceConfig config) {
        this.config = config;
        this.directory = own(DataDirectory.open(config.dataDirectory()));
    }

    /// Starts the service.
    ///
    /// @param upstream what the providers are made of; closed by nobody here
    /// @throws RuntimeException saying why it cannot; nothing is left running then
    public static SluiceService start(ServiceConfig config, StartupValues values, Upstream upstream) {
        var service = new SluiceService(config);
        try {
            service.assemble(values, upstream);
            return service;
        } catch (RuntimeException failed) {
            service.close();
            throw failed;
        }
    }

    /// Returns where it listens.
    public URI uri() {
        return http().uri();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                // the other parts must still be closed
                LOG.log(
                        Level.ERROR,
                        "event=close_failed part=" + part.getClass().getSimpleName(),
                        e);
            }
        }
    }

    private void assemble(StartupValues values, Upstream upstream) {
        var exposure = Exposure.from(values);
        var edge = Edges.read(exposure);
        Database database = own(Database.open(directory));
        Auth auth = auth(database, exposure);
        var settingsRepository = new SettingsRepository(database);
        boolean simulationAllowed = config.simulate() || (auth.trusting() && !everHadRealProvider(values));
        var providers = upstream.providers(values::text, simulationAllowed);
        var catalog = new SettingCatalog(
                providers.available().stream().map(ChatProvider::name).toList());
        var settings = new Settings(catalog, values, settingsRepository.load());
        var live = new LiveSettings(settings, config.grace());
        var metrics = new ChatMetrics();
        Wakeups wakeups = own(Wakeups.start());
        Clock clock = own(Clock.system("coalesce-timer"));
        Sessions sessions = own(Sessions.open(database, wakeups, InstantSource.system(), live));
        var chats = new ChatSessions(sessions, InstantSource.system());
        Coalescer<ChatResult> coalescer = own(coalescer(live, clock, chats));
        var repository = new ThreadRepository(database);
        var lanes = new Lanes(providers, live::limits, upstream.scheduler());
        settings.onChange(_ -> lanes.limit(live::limits));
        var budgets = new OrgBudgets(live::requestsPerMinute, clock);
        var threads = new ThreadService(
                coalescer,
                lanes,
                repository,
                metrics,
                live,
                budgets,
                clock,
                SluiceService::id,
                config.contextMessages());
        settings.onChange(_ -> threads.outboundChanged());
        var audit = new AuditRepository(database);
        var refactors = new RefactorService(
                sessions,
                new ChatPipeline(
                        lanes,
                        budgets,
                        live::callsAllowed,
                        () -> ThreadLocalRandom.current().nextDouble(),
                        clock),
                live::callsAllowed,
                clock,
                () -> ThreadLocalRandom.current().nextInt(),
                RefactorService.Limits.withGrace(live.stopGrace()));
        settings.onChange(_ -> refactors.outboundChanged());
        SmsService sms = own(SmsWiring.start(database, sessions, lanes, budgets, settings, values, live, clock));
        Ops ops = own(new Ops(
                "o" + instanceId,
                () -> info(auth, providers),
                new Observed(threads, lanes, metrics, sessions, database, this::httpCounts, Texts.of(sms)),
                settings,
                settingsRepository,
                audit,
                wakeups,
                own(Clock.system("ops-feed"))));
        var httpConfig = HttpConfig.at(config.bind(), config.port())
                .withHostNames(exposure.publicHosts())
                .withEdge(edge)
                .withCorsOrigins(config.corsOrigins())
                .withConnections(config.maxConnections())
                .withGrace(config.grace());
        var sessionRoutes = new SessionRoutes(sessions, httpConfig.stream().heartbeat());
        var routes = new ArrayList<Routes>(List.of(
                new ThreadRoutes(threads, chats, repository, InstantSource.system(), SluiceService::id),
                new MessageRoutes(threads, chats, metrics, httpConfig.stream().heartbeat()),
                sessionRoutes,
                new SessionFileRoutes(
                        sessions,
                        (actor, action, id, from) -> audit.append(Instant.now(), actor, action, id, null, from, null)),
                new RefactorRoutes(refactors, sessionRoutes)));
        routes.addAll(sms.routes());
        routes.add(SmsWiring.webhooks(sms, values, exposure, config.bind()));
        routes.addAll(ops.routes());
        var checks = List.of(
                new ReadinessCheck("store", database::healthy), new ReadinessCheck("calls", threads::accepting));
        upstream.awaitReady();
        http.set(own(HttpService.start(httpConfig, auth, routes, checks, StoreAnswers::explain)));
        SmsWiring.listener(sms, values, httpConfig, auth, checks).ifPresent(this::own);
        own(refactors);
        // three quarters for the flights, the rest for writing their ends
        own(() -> sms.windDown(config.grace().dividedBy(4)));
        own(() -> threads.windDown(config.grace().multipliedBy(3).dividedBy(4)));
        announce();
        LOG.log(
                Level.INFO,
                "event=started url=" + uri() + " data_dir=" + directory.path() + " trust_mode=" + auth.trusting()
                        + " provider=" + providers.defaultName() + " simulated=" + simulated(providers));
    }

    /// @throws dev.sluice.service.auth.BindRefused if others could reach a service that cannot tell them
    ///     apart
    private Auth auth(Database database, Exposure exposure) {
        var tokens = new TokenRegister(database, OsUser.name());
        InetAddress bind = Edges.address(config.bind());
        Auth.checkBind(bind, exposure.guarded(), tokens, InstantSource.system());
        OperatorToken.ensure(directory.resolve(OPERATOR_TOKEN_FILE), tokens, OperatorToken.owner());
        return new Auth(tokens, InstantSource.system(), bind.isLoopbackAddress() && !exposure.behindProxy());
    }

    private Coalescer<ChatResult> coalescer(CoalescerTimes times, Clock clock, FlightLogs<ChatResult> logs) {
        return new Coalescer<>(
                CoalescerLimits.DEFAULT,
                times,
                clock,
                () -> "f" + UUID.randomUUID().toString().replace("-", ""),
                Thread.ofVirtual().name("flight-", 0).factory(),
                logs);
    }

    private ServiceInfo info(Auth auth, Providers providers) {
        return new ServiceInfo(
                "sluice",
                Version.current(),
                instanceId,
                startedAt,
                Instant.now(),
                uri().toString(),
                auth.trusting(),
                simulated(providers),
                providers.defaultName(),
                directory.path().toString());
    }

    private static boolean simulated(Providers providers) {
        return providers.available().stream()
                .filter(provider -> provider.name().equals(providers.defaultName()))
                .anyMatch(provider -> provider.simulated());
    }

    /// A data directory that ever had a real key never simulates again by itself.
    private boolean everHadRealProvider(StartupValues values) {
        var marker = directory.resolve("real-provider");
        if (Files.exists(marker)) {
            return true;
        }
        if (Providers.anyConfigured(values::text)) {
            directory.writePrivate(marker.getFileName().toString(), new byte[0]);
            return true;
        }
        return false;
    }

    /// Tells consoles where to find this service, until it ends.
    private void announce() {
        directory.writePrivate(
                SERVICE_FILE,
                Json.bytes(Map.of(
                        "url", uri().toString(), "pid", ProcessHandle.current().pid(), "instance_id", instanceId)));
        own(() -> {
            try {
                Files.deleteIfExists(directory.resolve(SERVICE_FILE));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + SERVICE_FILE, e);
            }
        });
    }

    private HttpCounts httpCounts() {
        return http.get() == null ? HttpCounts.NONE : http().counts();
    }

    private HttpService http() {
        HttpService started = http.get();
        if (started == null) {
            throw new IllegalStateException("the service does not listen yet");
        }
        return started;
    }

    private <T extends AutoCloseable> T own(T part) {
        parts.push(part);
        return part;
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
