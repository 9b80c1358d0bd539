package dev.sluice.service.http;

import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.TokenRow;
import dev.sluice.service.auth.TokenStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// The HTTP layer with an edge, on a free loopback port, with three routes and no tokens.
final class EdgeServer implements Routes, TokenStore, AutoCloseable {
    static final Duration WRITE_LIMIT = Duration.ofMillis(600);

    private static final Duration NEVER = Duration.ofMinutes(5);
    private static final byte[] FLOOD =
            ": ".concat("x".repeat(32 << 10)).concat("\n\n").getBytes(StandardCharsets.US_ASCII);

    /// What handlers say: `waiting`, then `gone`.
    final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private final HttpService http;

    EdgeServer(HttpConfig.Edge edge, Set<String> publicHosts) {
        this(edge, publicHosts, 100, NEVER);
    }

    /// @param connections most at once
    /// @param head longest time a handshake, or a request's head, may take
    EdgeServer(HttpConfig.Edge edge, Set<String> publicHosts, int connections, Duration head) {
        var config = new HttpConfig(
                "127.0.0.1",
                0,
                publicHosts,
                Set.of(),
                10_000,
                connections,
                new HttpConfig.Limits(WRITE_LIMIT, NEVER, head, NEVER),
                new HttpConfig.Stream(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO),
                Duration.ofSeconds(2),
                edge);
        http = HttpService.start(
                config, new Auth(this, InstantSource.system(), true), List.of(this), List.of(), _ -> Optional.empty());
    }

    int port() {
        return http.port();
    }

    String scheme() {
        return http.uri().getScheme();
    }

    @Override
    public void register(Router router) {
        router.get("/text", Access.PUBLIC, exchange -> exchange.sendText(200, "text/plain", "hello"))
                .get("/wait", Access.PUBLIC, this::waitForDeparture)
                .get("/flood", Access.PUBLIC, this::flood);
    }

    private void waitForDeparture(Exchange exchange) throws InterruptedException {
        var gone = new CountDownLatch(1);
        exchange.departure().onGone(gone::countDown);
        said.add("waiting");
        gone.await();
        said.add("gone");
        exchange.sendText(200, "text/plain", "too late");
    }

    private void flood(Exchange exchange) {
        SseWriter sse = exchange.sse();
        said.add("waiting");
        while (!sse.gone()) {
            sse.frame(FLOOD);
        }
        said.add("gone");
    }

    @Override
    public Optional<TokenRow> findBySha256(String hex) {
        return Optional.empty();
    }

    @Override
    public void insert(TokenRow row) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void touch(String id, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TokenRow> list() {
        return List.of();
    }

    @Override
    public void close() {
        http.close();
    }
}
