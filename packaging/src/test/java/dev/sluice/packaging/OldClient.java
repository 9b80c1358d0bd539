package dev.sluice.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// A client written before Sluice: plain HTTP, knows paths and field names and nothing else.
///
/// Thread-safe.
final class OldClient implements AutoCloseable {
    static final String ORG = "acme";

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    OldClient(URI base) {
        this.base = base;
    }

    /// Creates a thread and returns its id.
    String createThread() throws IOException, InterruptedException {
        return json(post("/api/threads/", "{\"title\":\"t\"}"))
                .path("thread_id")
                .asText();
    }

    HttpResponse<String> ask(String threadId, String text) throws IOException, InterruptedException {
        return post(messages(threadId), message(text));
    }

    /// Opens a stream; the caller reads and closes it.
    HttpResponse<InputStream> stream(String threadId, String text) throws IOException, InterruptedException {
        return stream(threadId, message(text), Map.of("x-org-id", ORG, "Content-Type", "application/json"));
    }

    HttpResponse<InputStream> stream(String threadId, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = request(messages(threadId) + "/stream").POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body, Map.of("x-org-id", ORG, "Content-Type", "application/json"));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", Map.of("x-org-id", ORG));
    }

    HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = request(path);
        headers.forEach(request::header);
        var content = body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return http.send(request.method(method, content).build(), BodyHandlers.ofString());
    }

    /// Opens any event stream; the caller reads and closes it.
    ///
    /// @param lastEventId where it goes on; empty to begin
    HttpResponse<InputStream> open(String path, String lastEventId) throws IOException, InterruptedException {
        var request = request(path).GET().header("x-org-id", ORG);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    /// Returns the messages of a thread.
    JsonNode messagesOf(String threadId) throws IOException, InterruptedException {
        return json(get("/api/threads/" + threadId)).path("messages");
    }

    /// Returns the performance report.
    JsonNode metrics() throws IOException, InterruptedException {
        return json(get("/api/metrics/performance"));
    }

    @Override
    public void close() {
        http.close();
    }

    static String messages(String threadId) {
        return "/api/threads/" + threadId + "/messages";
    }

    static String message(String text) {
        return Json.text(Map.of("content", text));
    }

    static JsonNode json(HttpResponse<String> response) throws JsonProcessingException {
        if (response.statusCode() != 200) {
            throw new AssertionError("HTTP " + response.statusCode() + " " + response.body());
        }
        return Json.mapper().readTree(response.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
    }
}
