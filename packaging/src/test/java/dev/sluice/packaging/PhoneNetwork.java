package dev.sluice.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Where replies go to: it counts each text that a phone would have got. Some of its answers get lost
/// after the text went out, and some calls it cannot take. Thread-safe.
final class PhoneNetwork implements AutoCloseable {
    /// A text that a phone got.
    record Sms(String replyId, String to, String message) {}

    private final Queue<Sms> delivered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final boolean faulty;

    /// @param faulty whether each seventh answer gets lost and each fifth call is not taken
    PhoneNetwork(boolean faulty) throws IOException {
        this.faulty = faulty;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /// Returns what SMS_HTTP_URL is to be.
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/send";
    }

    /// Returns what phones got, in order.
    List<Sms> delivered() {
        return List.copyOf(delivered);
    }

    /// Returns how often a phone got that reply.
    long delivered(String replyId) {
        return delivered.stream().filter(sms -> sms.replyId.equals(replyId)).count();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode reply = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
            int request = requests.incrementAndGet();
            if (faulty && request % 5 == 0) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                exchange.sendResponseHeaders(429, -1);
                return;
            }
            delivered.add(new Sms(
                    reply.path("reply_id").asText(),
                    reply.path("to").asText(),
                    reply.path("message").asText()));
            byte[] answer = "{\"ok\":true}".getBytes(UTF_8);
            exchange.sendResponseHeaders(faulty && request % 7 == 0 ? 502 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
