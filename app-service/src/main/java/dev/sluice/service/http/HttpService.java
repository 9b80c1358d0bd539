package dev.sluice.service.http;

import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.Tickets;
import io.helidon.common.socket.SocketOptions;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.observe.ObserveFeature;
import io.helidon.webserver.observe.health.HealthObserver;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The running HTTP server. Thread-safe.
public final class HttpService implements AutoCloseable {
    private static final List<String> HEALTH =
            List.of("/health", "/health/", "/health/live", "/health/ready", "/health/started");
    /// How often it is looked for clients that overstay; with ten thousand of them each look is felt.
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private static final int SWEEPS_PER_LIMIT = 10;
    private static final Duration SWEEP_AT_STOP = Duration.ofMillis(100);
    /// A revoked token must end its streams within five seconds.
    private static final Duration STANDING = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(HttpService.class.getName());
    private static final int SEND_BUFFER_BYTES = 128 << 10;
    /// Each open stream has one; what is written at once does not pass through it.
    private static final int WRITE_BUFFER_BYTES = 512;

    private final HttpConfig config;
    private final WebServer server;
    private final Door door;
    private final Front front;
    private final Streams streams;
    private final AccessLog accessLog;
    private final AtomicBoolean stopping;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("http-sweeper").factory());
    // apart from the sweeper, since it asks the store, which may be slow
    private final ScheduledExecutorService guard = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("http-guard").factory());

    private HttpService(
            HttpConfig config,
            Auth auth,
            WebServer server,
            Door door,
            Front front,
            Streams streams,
            AccessLog accessLog,
            AtomicBoolean stopping) {
        this.config = config;
        this.server = server;
        this.door = door;
        this.front = front;
        this.streams = streams;
        this.accessLog = accessLog;
        this.stopping = stopping;
        sweepEvery(config.limits().shortest().dividedBy(SWEEPS_PER_LIMIT));
        var _ = guard.scheduleWithFixedDelay(
                () -> endStreams(auth, streams), STANDING.toMillis(), STANDING.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Starts serving.
    ///
    /// @param checks what `/health/ready` asks
    /// @param failures which failures of the layers below are answers
    public static HttpService start(
            HttpConfig config, Auth auth, List<Routes> routes, List<ReadinessCheck> checks, FailureMapping failures) {
        var router = new Router();
        routes.forEach(r -> r.register(router));
        HEALTH.forEach(path -> router.get(path, Access.PUBLIC, Exchange::passOn));
        var stopping = new AtomicBoolean();
        var streams = new Streams(config.stream().retry());
        var tickets = new Tickets(auth, InstantSource.system());
        var admission = new Admission(auth, tickets, new RouteTable(router.routes()));
        if (router.routes().stream().anyMatch(route -> route.form() == Route.Form.STREAM)) {
            router.post(Admission.TICKETS, Access.PUBLIC, admission::issue);
        }
        var accessLog = AccessLog.open();
        var front = new Front(config, admission, new RouteTable(router.routes()), streams, failures, accessLog);
        var http1 = Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .validatePrologue(false) // Targets does
                        .addReceiveListener(new Framing())
                        .build())
                .build();
        var options = SocketOptions.builder()
                .tcpNoDelay(true)
                .socketSendBufferSize(SEND_BUFFER_BYTES)
                .build();
        var door = new Door(http1, options, OpenFiles.connections(config.maxConnections()), System::nanoTime);
        var server = WebServer.builder()
                .host(config.bind())
                .port(config.port())
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .shutdownHook(false)
                .shutdownGracePeriod(config.grace())
                .maxPayloadSize(Math.max(config.maxBodyBytes(), RequestBody.MOST_OF_ANY_ROUTE))
                .writeBufferSize(WRITE_BUFFER_BYTES)
                .connectionOptions(door.arrivals())
                .addConnectionSelector(door)
                .directHandlers(directHandlers(accessLog))
                .addFeature(ObserveFeature.builder()
                        .observersDiscoverServices(false)
                        .endpoint("/")
                        .addObserver(health(checks, stopping))
                        .build())
                .routing(routing -> routing.addFilter(front).any(front));
        encrypt(server, config.edge().tls());
        QuietStop.begin();
        WebServer listening;
        try {
            listening = server.build().start();
        } catch (RuntimeException e) {
            accessLog.close();
            throw e;
        }
        front.listening(listening.port());
        return new HttpService(config, auth, listening, door, front, streams, accessLog, stopping);
    }

    /// Returns the port it listens at.
    public int port() {
        return server.port();
    }

    /// Returns where to reach it from this machine.
    public URI uri() {
        String host = config.bind().equals("0.0.0.0") ? "127.0.0.1" : config.bind();
        return URI.create((config.edge().tls() == null ? "http://" : "https://")
                + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    /// Returns what it counts for operators.
    public HttpCounts counts() {
        return new HttpCounts(streams.count(), door.readersDropped(), front.browserRefusals());
    }

    /// Stops: readiness off, streams ended, requests in flight finished; bounded by the grace.
    @Override
    public void close() {
        if (stopping.compareAndSet(false, true)) {
            sweepEvery(SWEEP_AT_STOP);
            streams.stop(config.stream().drain(), ThreadLocalRandom.current());
            server.stop();
            door.closeAll();
            sweeper.shutdownNow();
            guard.shutdownNow();
            accessLog.close();
        }
    }

    private static void encrypt(WebServerConfig.Builder server, @Nullable PemIdentity identity) {
        if (identity != null) {
            server.tls(tls -> tls.privateKey(identity.key())
                    .privateKeyCertChain(identity.chain())
                    .enabledProtocols(List.of("TLSv1.3", "TLSv1.2")));
        }
    }

    private static void endStreams(Auth auth, Streams streams) {
        try {
            if (streams.count() > 0) {
                streams.end(auth.standing());
            }
        } catch (RuntimeException unknown) {
            // thrown on, it would end the schedule; who may read is asked again in a second
            LOG.log(Level.WARNING, "event=standing_unknown", unknown);
        }
    }

    private void sweepEvery(Duration wanted) {
        long millis = Math.clamp(wanted.toMillis(), 1, SWEEP.toMillis());
        var _ = sweeper.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
    }

    /// While the server stops, connections that fall idle are closed too: it would wait for them.
    private void sweep() {
        door.closeOverdue(config.limits());
        if (streams.stopping()) {
            door.closeIdle();
        }
    }

    private static DirectHandlers directHandlers(AccessLog accessLog) {
        var handlers = DirectHandlers.builder();
        var ours = new TransportErrors(accessLog);
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, ours);
        }
        return handlers.build();
    }

    private static HealthObserver health(List<ReadinessCheck> checks, AtomicBoolean stopping) {
        var all = new ArrayList<ReadinessCheck>(checks);
        all.add(new ReadinessCheck("accepting", () -> !stopping.get()));
        return HealthObserver.builder()
                .details(true)
                .useSystemServices(false)
                .addHealthChecks(all.stream().map(HttpService::healthCheck).toList())
                .build();
    }

    private static HealthCheck healthCheck(ReadinessCheck check) {
        return new HealthCheck() {
            @Override
            public HealthCheckType type() {
                return HealthCheckType.READINESS;
            }

            @Override
            public String name() {
                return check.name();
            }

            @Override
            public HealthCheckResponse call() {
                return HealthCheckResponse.builder().status(up(check)).build();
            }
        };
    }

    private static boolean up(ReadinessCheck check) {
        try {
            return check.up().getAsBoolean();
        } catch (RuntimeException down) {
            // by its contract, throwing means that it does not hold
            return false;
        }
    }
}
