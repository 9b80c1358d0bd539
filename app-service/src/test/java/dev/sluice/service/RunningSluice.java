package dev.sluice.service;

import dev.sluice.service.config.ConfigFile;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.provider.UpstreamLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The whole service in this process, on a free port, with simulated providers unless told otherwise.
public final class RunningSluice implements AutoCloseable {
    private final LiveUpstream upstream = new LiveUpstream(UpstreamLimits.DEFAULT);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path directory;
    final SluiceService service;

    private RunningSluice(Path directory, Map<String, String> more) {
        Map<String, String> flags = new LinkedHashMap<>(
                Map.of("SLUICE_PORT", "0", "SLUICE_HOME", directory.toString(), "SLUICE_GRACE", "3s"));
        flags.putAll(more);
        var values = new StartupValues(flags, Map.of(), ConfigFile.none());
        this.directory = directory;
        try {
            this.service = SluiceService.start(ServiceConfig.from(values), values, upstream);
        } catch (RuntimeException refused) {
            upstream.close();
            throw refused;
        }
    }

    public static RunningSluice on(Path directory) {
        return on(directory, Map.of());
    }

    /// @param more values as the command line gives them
    public static RunningSluice on(Path directory, Map<String, String> more) {
        return new RunningSluice(directory, more);
    }

    public int port() {
        return service.uri().getPort();
    }

    public String operatorToken() throws IOException {
        return Files.readString(directory.resolve("operator.token")).strip();
    }

    /// @param headers names and values in turn
    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET(), BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String json, String... headers)
            throws IOException, InterruptedException {
        return send(path, "application/json", json, headers);
    }

    /// Posts a body of any type.
    HttpResponse<String> send(String path, String contentType, String body, String... headers)
            throws IOException, InterruptedException {
        return send(
                request(path, headers)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                BodyHandlers.ofString());
    }

    /// Opens an event stream; reading it to its end waits for the service to end it.
    HttpResponse<InputStream> stream(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET(), BodyHandlers.ofInputStream());
    }

    @Override
    public void close() {
        client.shutdownNow();
        service.close();
        upstream.close();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body)
            throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), body);
    }
}
