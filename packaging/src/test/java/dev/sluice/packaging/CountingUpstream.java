package dev.sluice.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An OpenAI-compatible server that counts the calls it gets and answers each with a text of its own.
final class CountingUpstream implements AutoCloseable {
    private static final List<String> WORDS = List.of(" A", " gate", " that", " lets", " water", " pass.");

    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile @Nullable String saying;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    CountingUpstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /// Returns what PERPLEXITY_BASE_URL is to be.
    URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    /// Returns how many chat completions were asked for.
    int calls() {
        return calls.get();
    }

    /// Makes every answer that text and nothing else.
    void say(String text) {
        saying = text;
    }

    /// Makes the next calls fail with 503.
    void failNext(int count) {
        failures.set(count);
    }

    /// Makes answers stop after their first words until [#release].
    void hold() {
        gate = new CountDownLatch(1);
    }

    /// Lets held answers go on.
    void release() {
        gate.countDown();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (!exchange.getRequestURI().getPath().endsWith("/chat/completions")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            int call = calls.incrementAndGet();
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.getResponseHeaders().set("x-request-id", "upstream-" + call);
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            answer(exchange, call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, int call) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        String told = saying;
        send(out, chunk(Map.of("role", "assistant", "content", told == null ? "Answer " + call + ":" : told), null));
        gate.await();
        for (String word : told == null ? WORDS : List.<String>of()) {
            send(out, chunk(Map.of("content", word), null));
        }
        send(out, chunk(Map.of(), "stop"));
        send(
                out,
                Map.of(
                        "id", "c",
                        "object", "chat.completion.chunk",
                        "model", "sonar",
                        "choices", List.of(),
                        "usage", Map.of("prompt_tokens", 9, "completion_tokens", 7, "total_tokens", 16)));
        out.write("data: [DONE]\n\n".getBytes(UTF_8));
    }

    private static Map<String, Object> chunk(Map<String, String> delta, @Nullable String finish) {
        Map<String, Object> choice = new HashMap<>(Map.of("index", 0, "delta", delta));
        if (finish != null) {
            choice.put("finish_reason", finish);
        }
        return Map.of("id", "c", "object", "chat.completion.chunk", "model", "sonar", "choices", List.of(choice));
    }

    private static void send(OutputStream out, Map<String, Object> chunk) throws IOException {
        out.write(("data: " + Json.text(chunk) + "\n\n").getBytes(UTF_8));
        out.flush();
    }
}
