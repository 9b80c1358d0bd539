package dev.sluice.ui.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.EventId;
import dev.sluice.model.Json;
import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The operators' part of a service over real sockets: a log of changes, streams that can be cut at any
/// place, and settings that can be slow, contested or forbidden.
public final class FakeService implements AutoCloseable {
    /// What becomes of a PATCH.
    public enum PatchMood {
        /// It is done, told by an event, and answered.
        DONE,
        /// It is done, but neither answered in time nor told by an event.
        DONE_SILENTLY,
        /// It is neither done nor answered in time.
        LOST,
        /// Somebody else was faster.
        CONTESTED
    }

    private record Frame(String wire) {
        static Frame of(byte[] bytes) {
            return new Frame(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static final Frame CUT = new Frame("");
    private static final String EPOCH = "e1";
    private static final String HALF_A_FRAME = "id: e1:999999\nevent: change\ndata: {\"at\":";

    /// The token it believes.
    public static final Token TOKEN = Token.of("operator-token");

    /// What consoles resumed from, in order; "" for those that did not.
    public final List<String> resumedFrom = new CopyOnWriteArrayList<>();
    /// The bodies of all settings changes, dry runs left out.
    public final List<String> patches = new CopyOnWriteArrayList<>();

    /// The flights that were to be cancelled, each with the body sent.
    public final List<String> cancelled = new CopyOnWriteArrayList<>();
    /// What was asked of the audit.
    public final List<String> audited = new CopyOnWriteArrayList<>();

    /// Its sessions.
    public final FakeSessions sessions = new FakeSessions();
    /// Its senders.
    public final FakeSenders senders = new FakeSenders(this);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<OpsChange> log = new ArrayList<>();
    private final List<LinkedBlockingQueue<Frame>> streams = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private OpsSnapshot state;
    private long trimmedBefore;
    private volatile PatchMood mood = PatchMood.DONE;
    private volatile boolean mute;

    /// Starts a service in which `operator` asks.
    public FakeService(OperatorInfo operator) {
        this(Samples.snapshot(Instant.now(), operator));
    }

    /// Starts a service in the given state.
    public FakeService(OpsSnapshot state) {
        this(state, 0);
    }

    FakeService(OpsSnapshot state, int port) {
        this.state = state;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(
                "/health",
                exchange -> Answers.answer(
                        exchange, 200, new Health(this.state.service().instanceId())));
        server.createContext("/api/ops/stream", guarded(this::stream));
        server.createContext("/api/ops/snapshot", guarded(exchange -> Answers.answer(exchange, 200, state())));
        server.createContext("/api/ops/settings", guarded(new FakeSettings(this)::handle));
        server.createContext("/api/ops/audit", guarded(this::audit));
        server.createContext("/api/ops/flights/", guarded(new FakeFlights(this)::cancel));
        server.createContext("/api/sessions", guarded(sessions::handle));
        for (var path : List.of("senders", "batches", "texts", "windows", "refused-texts")) {
            server.createContext("/api/ops/" + path, guarded(senders::handle));
        }
        server.start();
    }

    private record Health(String instanceId) {}

    /// Returns where it is.
    public Endpoint endpoint() {
        return new Endpoint(base(), TOKEN);
    }

    /// Returns its address.
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Applies a change and tells all streams of it.
    public synchronized void publish(OpsChange change) {
        state = change.applyTo(state);
        log.add(change);
        var frame = frame("change", log.size(), change);
        streams.forEach(stream -> stream.add(frame));
    }

    /// Applies a change that no open stream is told of.
    public synchronized void publishUnseen(OpsChange change) {
        state = change.applyTo(state);
        log.add(change);
    }

    /// Sends raw bytes on all streams.
    public synchronized void raw(byte[] bytes) {
        streams.forEach(stream -> stream.add(Frame.of(bytes)));
    }

    /// Breaks all connections.
    public synchronized void cut() {
        streams.forEach(stream -> stream.add(CUT));
    }

    /// Forgets the changes up to now, so that nobody can resume before them.
    public synchronized void trim() {
        trimmedBefore = log.size();
    }

    /// Keeps connections open but says nothing, not even heartbeats.
    public void mute(boolean silent) {
        mute = silent;
    }

    /// Decides what becomes of changes of settings.
    public void patches(PatchMood next) {
        mood = next;
    }

    /// Returns the current state.
    public synchronized OpsSnapshot state() {
        return state;
    }

    /// Returns how many streams are open.
    public synchronized int openStreams() {
        return streams.size();
    }

    /// Ends, as a service that is stopped does.
    public void stop() {
        closing.countDown();
        sessions.end();
        cut();
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public void close() {
        stop();
    }

    private interface Route {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private com.sun.net.httpserver.HttpHandler guarded(Route route) {
        return exchange -> {
            try {
                if ("Bearer operator-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    route.handle(exchange);
                } else {
                    Answers.problem(exchange, 401, "This token is not known", null);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        var cursor = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Last-Event-ID"), "");
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        var queue = new LinkedBlockingQueue<Frame>();
        join(queue, cursor);
        try {
            var body = exchange.getResponseBody();
            body.write(SseFrames.opening(Duration.ofMillis(500)));
            body.flush();
            while (closing.getCount() > 0) {
                var frame = queue.poll(1, TimeUnit.SECONDS);
                if (CUT.equals(frame)) {
                    body.write(HALF_A_FRAME.getBytes(StandardCharsets.UTF_8));
                    body.flush();
                    break;
                }
                if (!mute) {
                    body.write(
                            frame != null ? frame.wire().getBytes(StandardCharsets.UTF_8) : SseFrames.comment("beat"));
                    body.flush();
                }
            }
        } finally {
            synchronized (this) {
                streams.remove(queue);
            }
        }
        // leaving the body open has the server drop the connection without the end that a whole answer has
        throw new IOException("cut");
    }

    private synchronized void join(LinkedBlockingQueue<Frame> queue, String cursor) {
        streams.add(queue);
        // only now, so that whoever sees it can cut the stream
        resumedFrom.add(cursor);
        var from = EventId.parse(cursor).orElse(null);
        boolean known = from != null && from.epoch().equals(EPOCH);
        if (from != null && known && from.seq() >= trimmedBefore) {
            for (int i = (int) from.seq(); i < log.size(); i++) {
                queue.add(frame("change", i + 1, log.get(i)));
            }
            return;
        }
        if (from != null && known) {
            long lost = trimmedBefore - from.seq();
            queue.add(Frame.of(
                    SseFrames.event(null, "gap", ("{\"lost\":" + lost + "}").getBytes(StandardCharsets.UTF_8))));
        } else if (from != null) {
            queue.add(Frame.of(
                    SseFrames.event(null, "reset", "{\"reason\":\"restarted\"}".getBytes(StandardCharsets.UTF_8))));
        }
        queue.add(frame("snapshot", log.size(), state));
    }

    private void audit(HttpExchange exchange) throws IOException {
        var query = exchange.getRequestURI().getQuery();
        audited.add(query);
        Answers.answer(exchange, 200, FakeAudit.page(query, Instant.now()));
    }

    /// Returns settings after a change of one of them.
    public static SettingsView with(SettingsView now, String name, String value) {
        return FakeSettings.with(now, name, value, null);
    }

    PatchMood mood() {
        return mood;
    }

    void awaitEnd() throws InterruptedException {
        closing.await();
    }

    /// Takes a state without telling anybody.
    synchronized void take(OpsChange change) {
        state = change.applyTo(state);
    }

    private static Frame frame(String type, long seq, Object data) {
        return Frame.of(SseFrames.event(new EventId(EPOCH, seq).toString(), type, Json.bytes(data)));
    }
}
