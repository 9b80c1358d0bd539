package dev.sluice.service.http;

import dev.sluice.service.auth.Caller;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Routes that do the things a feature may do, and count them.
final class TestRoutes implements Routes {
    private static final byte[] FLOOD =
            ": ".concat("x".repeat(32 << 10)).concat("\n\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /// How many bodies were read and accepted.
    final AtomicInteger accepted = new AtomicInteger();
    /// The request ids of handlers that wait for their client to leave.
    final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    /// The request ids of handlers whose client left.
    final BlockingQueue<String> departed = new LinkedBlockingQueue<>();

    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void register(Router router) {
        router.get("/text", Access.PUBLIC, exchange -> exchange.sendText(200, "text/plain", "hello"))
                .get("/things/{id}", Access.PUBLIC, exchange -> exchange.send(200, exchange.pathParameter("id")))
                .get("/things/special", Access.PUBLIC, exchange -> exchange.send(200, "literal"))
                .get(
                        "/query",
                        Access.PUBLIC,
                        exchange -> exchange.send(200, exchange.query("q").orElse("")))
                .delete("/things/{id}", Access.PUBLIC, exchange -> exchange.sendEmpty(204))
                .post("/thing", Access.PUBLIC, this::thing)
                .post("/raw", Access.PUBLIC, this::raw)
                .post("/unread", Access.PUBLIC, exchange -> exchange.sendText(200, "text/plain", "not looked at"))
                .get("/fail", Access.PUBLIC, _ -> {
                    throw new IllegalStateException("secret inside");
                })
                .get("/full", Access.PUBLIC, _ -> {
                    throw new DiskFull();
                })
                .get("/wait", Access.PUBLIC, this::waitForDeparture)
                .post("/wait", Access.PUBLIC, this::readAndWait)
                .get("/held", Access.PUBLIC, this::held)
                .get("/stream", Access.PUBLIC, this::stream)
                .post("/stream", Access.PUBLIC, this::stream)
                .get("/flood", Access.PUBLIC, this::flood)
                .get("/broken-stream", Access.PUBLIC, this::brokenStream)
                .get("/client", Access.CLIENT, TestRoutes::whoami)
                .post("/client", Access.CLIENT, TestRoutes::whoami)
                .get("/api/threads/mine", Access.CLIENT, TestRoutes::whoami)
                .get("/api/ops/view", Access.VIEWER, TestRoutes::whoami)
                .post("/api/ops/act", Access.OPERATOR, TestRoutes::whoami)
                .get("/api/ops/tokens", Access.ADMIN, TestRoutes::whoami);
    }

    /// Lets the handlers of `/held` answer.
    void release() {
        released.countDown();
    }

    private void thing(Exchange exchange) {
        Thing thing = exchange.body(Thing.class);
        accepted.incrementAndGet();
        exchange.send(200, thing);
    }

    private void raw(Exchange exchange) {
        byte[] body = exchange.rawBody();
        accepted.incrementAndGet();
        exchange.sendText(200, "text/plain", Integer.toString(body.length));
    }

    private void readAndWait(Exchange exchange) throws InterruptedException {
        exchange.rawBody();
        waitForDeparture(exchange);
    }

    private void waitForDeparture(Exchange exchange) throws InterruptedException {
        var gone = new CountDownLatch(1);
        exchange.departure().onGone(gone::countDown);
        waiting.add(exchange.requestId());
        if (gone.await(TestServer.NEVER.toSeconds(), TimeUnit.SECONDS)) {
            departed.add(exchange.requestId());
        }
        exchange.sendText(200, "text/plain", "nobody reads this");
    }

    private void held(Exchange exchange) throws InterruptedException {
        exchange.departure();
        waiting.add(exchange.requestId());
        released.await();
        exchange.sendText(200, "text/plain", "released");
    }

    private void stream(Exchange exchange) throws InterruptedException {
        SseWriter sse = exchange.sse();
        var gone = new CountDownLatch(1);
        exchange.departure().onGone(gone::countDown);
        waiting.add(exchange.requestId());
        sse.event("e:1", "first", Map.of("n", 1));
        while (!sse.gone() && !gone.await(50, TimeUnit.MILLISECONDS)) {
            sse.heartbeat();
        }
        departed.add(exchange.requestId());
    }

    private void flood(Exchange exchange) {
        SseWriter sse = exchange.sse();
        waiting.add(exchange.requestId());
        while (!sse.gone()) {
            sse.frame(FLOOD);
        }
        departed.add(exchange.requestId());
        sse.event(null, "done", Map.of());
    }

    private void brokenStream(Exchange exchange) {
        exchange.sse().event(null, "first", Map.of());
        throw new IllegalStateException("secret inside");
    }

    private static void whoami(Exchange exchange) {
        Caller caller = exchange.caller();
        exchange.send(
                200,
                Map.of(
                        "name",
                        caller.name(),
                        "role",
                        caller.role().wireName(),
                        "org",
                        caller.org(),
                        "all_orgs",
                        caller.allOrgs()));
    }

    record Thing(
            @Nullable String name,
            int count,
            boolean flag,
            @Nullable List<String> tags) {}

    /// A failure that the wiring knows how to explain.
    static final class DiskFull extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
