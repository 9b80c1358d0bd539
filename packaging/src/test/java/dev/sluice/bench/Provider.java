package dev.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The fake provider's process.
@SuppressWarnings("try") // closing waits for the process
final class Provider implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("provider on port (\\d+)");
    private static final Pattern COUNT = Pattern.compile("(\\w+)=(\\d+)");

    private final Child process;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Provider(Child process, int port) {
        this.process = process;
        this.port = port;
    }

    static Provider start(Run run) throws IOException, InterruptedException {
        Child process = Child.start(
                "provider", run.newDirectory("provider"), Map.of(), Java.command(FakeProvider.class, "-Xmx512m"));
        int port = Integer.parseInt(process.await(PORT).group(1));
        return run.own(new Provider(process, port));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /// What was counted since the last reset.
    ///
    /// @param abortedNanos when the latest caller left, on the monotonic clock that all processes share
    /// @param repliedNanos when the latest reply came
    record Stats(int calls, int inAir, int mostInAir, int aborted, long abortedNanos, int replies, long repliedNanos) {}

    /// Returns where replies to texts are posted to.
    String replyUrl() {
        return "http://127.0.0.1:" + port + "/reply";
    }

    Stats stats() throws IOException, InterruptedException {
        return get("/stats");
    }

    Stats reset() throws IOException, InterruptedException {
        return get("/reset");
    }

    /// Waits until so many calls are in the air.
    void awaitInAir(int calls) throws IOException, InterruptedException {
        await(10_000, stats -> stats.inAir() >= calls);
    }

    /// Waits until something holds, and returns how it was then.
    Stats await(long millis, Predicate<Stats> holds) throws IOException, InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        Stats now = stats();
        while (!holds.test(now)) {
            if (System.nanoTime() > end) {
                throw new IOException("what was awaited at the provider did not come: " + now);
            }
            Thread.sleep(1);
            now = stats();
        }
        return now;
    }

    private Stats get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        String body = client.send(request, BodyHandlers.ofString()).body();
        long[] counts = COUNT.matcher(body)
                .results()
                .mapToLong(count -> Long.parseLong(count.group(2)))
                .toArray();
        return new Stats(
                (int) counts[0],
                (int) counts[1],
                (int) counts[2],
                (int) counts[3],
                counts[4],
                (int) counts[5],
                counts[6]);
    }

    @Override
    public void close() {
        client.close();
        process.close();
    }

    /// How this program starts another Java program from its own class path.
    static final class Java {
        private Java() {}

        static List<String> command(Class<?> main, String heap) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    heap,
                    "-cp",
                    System.getProperty("java.class.path"),
                    main.getName());
        }
    }
}
