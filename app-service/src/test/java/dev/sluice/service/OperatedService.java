package dev.sluice.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.service.config.ConfigFile;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.provider.UpstreamLimits;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The whole service in this process, with simulated providers, and an operator who holds its token.
final class OperatedService implements AutoCloseable {
    private final LiveUpstream upstream = new LiveUpstream(UpstreamLimits.DEFAULT);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SluiceService service;
    private final String token;

    /// @param environment what it is started with, besides its port and its directory
    OperatedService(Path directory, Map<String, String> environment) throws IOException {
        var flags = Map.of("SLUICE_PORT", "0", "SLUICE_HOME", directory.toString(), "SLUICE_GRACE", "1s");
        var variables = new HashMap<>(Map.of("MOCK_TTFT_MS", "0", "MOCK_CHUNK_MS", "0"));
        variables.putAll(environment);
        var values = new StartupValues(flags, variables, ConfigFile.none());
        try {
            service = SluiceService.start(ServiceConfig.from(values), values, upstream);
        } catch (RuntimeException refused) {
            upstream.close();
            client.shutdownNow();
            throw refused;
        }
        token = Files.readString(directory.resolve(SluiceService.OPERATOR_TOKEN_FILE))
                .strip();
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(path, headers).GET());
    }

    JsonNode json(String path) throws Exception {
        return Json.mapper().readTree(get(path).body());
    }

    /// Changes settings, for the version in force.
    HttpResponse<String> patch(String json) throws Exception {
        String etag = get("/api/ops/settings").headers().firstValue("ETag").orElseThrow();
        return patch("/api/ops/settings", json, "If-Match", etag);
    }

    HttpResponse<String> patch(String path, String json, String... headers) throws Exception {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    /// Asks the same question in a thread.
    HttpResponse<String> ask(String thread, String question) throws Exception {
        return post("/api/threads/" + thread + "/messages", Json.text(Map.of("content", question)));
    }

    /// Creates a thread and returns its id.
    String thread() throws Exception {
        return Json.mapper()
                .readTree(post("/api/threads/", "{}").body())
                .path("thread_id")
                .asText();
    }

    @Override
    public void close() {
        client.shutdownNow(); // first: the server would wait for its idle connections
        service.close();
        upstream.close();
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(service.uri().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("x-org-id", "acme")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(service.uri().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
