package dev.sluice.ui;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.Json;
import dev.sluice.model.ops.AuditView;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.model.sse.SseFrames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// The operators' side of a service over real HTTP, driven by a test.
public final class FakeOpsService implements AutoCloseable {
    private static final byte[] CUT = {};

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final List<String> cursors = new CopyOnWriteArrayList<>();
    private volatile SettingsView settings = Snapshots.settings(1, "1");

    public FakeOpsService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/api/ops/stream", this::stream);
        server.createContext("/api/ops/settings", this::settings);
        server.createContext("/api/ops/audit", exchange -> send(exchange, new AuditView(List.of())));
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Sends an event to the stream that is open, or the next one.
    public void event(String id, String type, Object json) {
        frames.add(SseFrames.event(id, type, Json.bytes(json)));
    }

    /// Breaks the stream.
    public void cut() {
        frames.add(CUT);
    }

    /// Returns the cursors that connections came with, in order; empty text for none.
    public List<String> cursors() {
        return List.copyOf(cursors);
    }

    public SettingsView settings() {
        return settings;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void stream(HttpExchange exchange) throws IOException {
        try (exchange) {
            cursors.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID"))
                    .orElse(""));
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            out.write(SseFrames.opening(Duration.ofSeconds(1)));
            out.flush();
            while (true) {
                byte[] frame = frames.take();
                if (frame.length == 0) {
                    return;
                }
                out.write(frame);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settings(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("PATCH")) {
            var value = Json.mapper().readTree(body).path("COALESCE_ENABLED").asText();
            if (exchange.getRequestURI().getQuery() != null) {
                send(
                        exchange,
                        new SettingsPreview(
                                settings.version(),
                                List.of(new SettingsPreview.Change(
                                        "COALESCE_ENABLED", "1", value, "Every call is paid."))));
                return;
            }
            settings = Snapshots.settings(settings.version() + 1, value);
        }
        send(exchange, settings);
    }

    private static void send(HttpExchange exchange, Object json) throws IOException {
        try (exchange) {
            byte[] bytes = Json.bytes(json);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
