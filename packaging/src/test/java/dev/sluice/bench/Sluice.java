package dev.sluice.bench;

import dev.sluice.model.thread.ThreadCreated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The service, started as people start it, in front of the fake provider.
final class Sluice implements Contender {
    private static final String ORG = "x-org-id: " + Client.ORG + "\r\n";
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");

    private final Child process;
    private final int port;
    private final Path data;
    private final Client client;
    private final String thread;

    private Sluice(Child process, int port, Path data) throws IOException, InterruptedException {
        this.process = process;
        this.port = port;
        this.data = data;
        this.client = new Client(port);
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
                new Sluice(process, Integer.parseInt(process.await(LISTENING).group(1)), data));
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
        return Http.post(port, path(threadId, plan), ORG, message(key, plan));
    }

    /// Returns where a message of a thread is posted to.
    static String path(String threadId, Plan plan) {
        return "/api/threads/" + threadId + "/messages" + (plan.streamed() ? "/stream" : "");
    }

    static String message(String key, Plan plan) {
        // no memory: else each request would send the twenty before it
        return "{\"content\":\"" + key + "\",\"model\":\"" + plan.text() + "\",\"use_memory\":false}";
    }

    /// Returns a request for a session's events.
    ///
    /// @param after the number of the last event that is known already
    byte[] events(String session, long after) {
        return Http.get(port, "/api/sessions/" + session + "/events?after=" + after, ORG);
    }

    String newThread() throws IOException, InterruptedException {
        return Client.read(client.post("/api/threads/", "{}"), ThreadCreated.class)
                .threadId();
    }

    Client client() {
        return client;
    }

    /// Returns its data directory.
    Path data() {
        return data;
    }

    /// Returns an operator's `Authorization`.
    String operator() throws IOException {
        return "Bearer " + Files.readString(data.resolve("operator.token")).strip();
    }

    void awaitReady() throws IOException, InterruptedException {
        while (client.get("/health/ready").statusCode() != 200) {
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }
}
