package dev.sluice.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.model.Json;
import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import dev.sluice.model.thread.AddMessage;
import dev.sluice.model.thread.CreateThread;
import dev.sluice.model.thread.ThreadCreated;
import dev.sluice.model.thread.Turn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The few requests the demo makes, as any client would make them.
///
/// Thread-safe.
final class ServiceClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(2);

    private final URI base;
    private final String org;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    ServiceClient(URI base, String org) {
        this.base = base;
        this.org = org;
    }

    /// Creates a thread and returns its id.
    String createThread(String title) throws IOException, InterruptedException {
        String body = ok("create a thread", post("/api/threads/", new CreateThread("demo", title, null)))
                .body();
        return read(body, ThreadCreated.class).threadId();
    }

    /// Asks one question and waits for its answer.
    Answer ask(String threadId, String question) throws IOException, InterruptedException {
        var response = ok("ask", post("/api/threads/" + threadId + "/messages", AddMessage.of(question)));
        var meta = read(response.body(), Turn.class).assistantMessage().meta();
        return new Answer(Role.of(response.headers()), Boolean.TRUE.equals(meta.simulated()));
    }

    /// Asks one question, reads the answer as it is written and returns its events from the first text on.
    StreamedAnswer stream(String threadId, String question) throws IOException, InterruptedException {
        HttpRequest request = post("/api/threads/" + threadId + "/messages/stream", AddMessage.of(question));
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw refused("stream", response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            List<SseEvent> events = new ArrayList<>();
            var parser = new SseParser(events::add);
            byte[] buffer = new byte[8192];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                parser.feed(buffer, 0, n);
            }
            return new StreamedAnswer(Role.of(response.headers()), shared(events));
        }
    }

    /// Delivers texts as a provider's webhook does.
    ///
    /// @return the HTTP status; 401 or 403 if the service takes only signed ones
    int deliver(List<Map<String, String>> texts) throws IOException, InterruptedException {
        var request = post("/api/webhook/sms-received", Map.of("messages", texts));
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    /// Returns the service's own numbers.
    PerformanceReport performance() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve("/api/metrics/performance"))
                .header("x-org-id", org)
                .timeout(REQUEST_TIMEOUT)
                .build();
        return read(ok("read the metrics", request).body(), PerformanceReport.class);
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest post(String path, Object body) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .header("x-org-id", org)
                .timeout(REQUEST_TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                .build();
    }

    private HttpResponse<String> ok(String what, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw refused(what, response.statusCode(), response.body());
        }
        return response;
    }

    private static IOException refused(String what, int status, String body) {
        return new IOException("could not " + what + ": HTTP " + status + " " + body.strip());
    }

    private static <T> T read(String body, Class<T> type) throws JsonProcessingException {
        return Json.mapper().readValue(body, type);
    }

    /// `ping`, `router` and `meta` belong to the one request; the others are the same for everybody who
    /// shares a call.
    private static List<SseEvent> shared(List<SseEvent> events) {
        return events.stream()
                .filter(event -> switch (event.type()) {
                    case "ping", "router", "meta" -> false;
                    default -> true;
                })
                .toList();
    }
}
