package dev.sluice.service.http;

import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.MemoryTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The real server, in this process on a free port, with routes made for tests.
final class TestServer implements AutoCloseable {
    static final int MAX_BODY_BYTES = 10_000;
    /// Longer than any test, for limits that are not under test.
    static final Duration NEVER = Duration.ofMinutes(5);

    /// Held here, so that what is set below is not collected.
    private static final Logger ACCESS = Logger.getLogger("dev.sluice.access");

    final MemoryTokens tokens;
    final TestRoutes routes = new TestRoutes();
    final AtomicBoolean ready = new AtomicBoolean(true);
    final HttpService http;

    private final int port;

    private TestServer(HttpConfig config, MemoryTokens tokens) {
        ACCESS.setLevel(Level.WARNING); // thousands of lines would hide what matters
        this.tokens = tokens;
        var auth = new Auth(tokens, InstantSource.system(), true);
        List<ReadinessCheck> checks = List.of(new ReadinessCheck("test", ready::get));
        this.http = HttpService.start(config, auth, List.of(routes), checks, TestServer::explain);
        this.port = http.port();
    }

    static TestServer start() {
        return start(config());
    }

    static TestServer start(HttpConfig config) {
        return new TestServer(config, new MemoryTokens());
    }

    /// Returns a configuration in which nothing is too slow.
    static HttpConfig config() {
        return new HttpConfig(
                "127.0.0.1",
                0,
                Set.of(),
                Set.of(),
                MAX_BODY_BYTES,
                4096,
                limits(),
                new HttpConfig.Stream(Duration.ofMillis(1234), Duration.ofMillis(50), Duration.ofMillis(100)),
                Duration.ofSeconds(10));
    }

    static HttpConfig.Limits limits() {
        return new HttpConfig.Limits(NEVER, NEVER, NEVER, NEVER);
    }

    int port() {
        return port;
    }

    RawClient client() throws IOException {
        return RawClient.to(port());
    }

    @Override
    public void close() {
        http.close();
    }

    private static Optional<ApiException> explain(Exception failure) {
        return failure instanceof TestRoutes.DiskFull
                ? Optional.of(ApiException.unavailable("The disk is full.", Duration.ofSeconds(7)))
                : Optional.empty();
    }
}
