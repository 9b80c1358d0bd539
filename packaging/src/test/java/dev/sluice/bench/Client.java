package dev.sluice.bench;

import dev.sluice.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/// A client of the service for what is not measured to the microsecond. Thread-safe.
final class Client implements AutoCloseable {
    static final String ORG = "bench";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Client(int port) {
        this.port = port;
    }

    /// @param headers names and values in turn
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return http.send(request(path, headers).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json, String... headers) throws IOException, InterruptedException {
        return http.send(posted(path, json, headers), BodyHandlers.ofString());
    }

    /// Posts and does not wait.
    CompletableFuture<HttpResponse<String>> posting(String path, String json, String... headers) {
        return http.sendAsync(posted(path, json, headers), BodyHandlers.ofString());
    }

    /// Returns what an answer says.
    ///
    /// @throws IOException if it is not 200
    static <T> T read(HttpResponse<String> answer, Class<T> type) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(answer.uri().getPath() + " is " + answer.statusCode() + ": " + answer.body());
        }
        return Json.mapper().readValue(answer.body(), type);
    }

    private HttpRequest posted(String path, String json, String... headers) {
        return request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("x-org-id", ORG);
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
