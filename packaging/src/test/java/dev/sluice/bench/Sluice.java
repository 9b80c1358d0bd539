package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The service, started as people start it, in front of the fake provider.
final class Sluice implements Contender {
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern THREAD = Pattern.compile("\"thread_id\":\"([^\"]+)\"");

    private final Child process;
    private final int port;
    private final String thread;

    private Sluice(Child process, int port) throws IOException, InterruptedException {
        this.process = process;
        this.port = port;
        this.thread = newThread();
    }

    static Sluice start(Run run, Provider provider) throws IOException, InterruptedException {
        return start(run, provider, Map.of());
    }

    /// @param settings besides those that keep the pacer out of the measurement
    static Sluice start(Run run, Provider provider, Map<String, String> settings)
            throws IOException, InterruptedException {
        return start(run, provider, settings, run.newDirectory("sluice").resolve("data"));
    }

    /// @param data its data directory, which may have been used before
    static Sluice start(Run run, Provider provider, Map<String, String> settings, Path data)
            throws IOException, InterruptedException {
        Child process = launch(run, provider, settings, data, 0);
        return run.own(
                new Sluice(process, Integer.parseInt(process.await(LISTENING).group(1))));
    }

    /// Starts the process and waits for nothing.
    ///
    /// @param port where it is to listen; 0 for any
    static Child launch(Run run, Provider provider, Map<String, String> settings, Path data, int port)
            throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("OPENAI_BASE_URL", "http://127.0.0.1:" + provider.port() + "/v1");
        environment.put("OPENAI_API_KEY", "bench");
        environment.put("DEFAULT_PROVIDER", "openai");
        environment.put("OPENAI_RPS", "10000");
        environment.put("OPENAI_BURST", "100000");
        environment.put("OPENAI_CONCURRENCY", "10000");
        environment.put("OPENAI_QUEUE_TIMEOUT", "60s");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SLUICE_MAX_CONNECTIONS", "20000");
        environment.put("SLUICE_BUILD", "never");
        environment.putAll(settings);
        return Child.start(
                "sluice",
                run.newDirectory("sluice"),
                environment,
                List.of(
                        run.root().resolve("packaging/sluice").toString(),
                        "service",
                        "--port",
                        Integer.toString(port),
                        "--data-dir",
                        data.toString()));
    }

    @Override
    public String name() {
        return "Sluice";
    }

    @Override
    public int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public List<Long> pids() {
        return process.pids();
    }

    @Override
    public byte[] ask(String key, Plan plan) {
        return ask(thread, key, plan);
    }

    byte[] ask(String threadId, String key, Plan plan) {
        String path = "/api/threads/" + threadId + "/messages" + (plan.streamed() ? "/stream" : "");
        // no memory: else each request would send the twenty before it
        return Http.post(
                port,
                path,
                "x-org-id: bench\r\n",
                "{\"content\":\"" + key + "\",\"model\":\"" + plan.text() + "\",\"use_memory\":false}");
    }

    /// Returns a request for a session's events.
    ///
    /// @param after the number of the last event that is known already
    byte[] events(String session, long after) {
        return Http.get(port, "/api/sessions/" + session + "/events?after=" + after, "x-org-id: bench\r\n");
    }

    String newThread() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/threads/"))
                    .header("x-org-id", "bench")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray("{}".getBytes(UTF_8)))
                    .build();
            String answer = client.send(request, BodyHandlers.ofString()).body();
            var found = THREAD.matcher(answer);
            if (!found.find()) {
                throw new IOException("no thread: " + answer);
            }
            return found.group(1);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
