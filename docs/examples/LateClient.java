import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Starts a session, is busy with something else, connects late and still gets every event, each once.
///
///     java LateClient.java [http://localhost:8000]
///
/// Needs JDK 25 and nothing else. Environment: `SLUICE_ORG` (demo), `SLUICE_TOKEN` (none: trust mode), `WORK_SECONDS` (2).
@SuppressWarnings("DefaultPackage") // a single file, run as it is
final class LateClient {
    private static final Set<String> LAST = Set.of("complete", "error");
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String JOB = """
            {"user_id": "example", "user_prompt": "hello",
             "github_credentials": {"access_token": "not-a-real-token", "repository_url": "https://github.com/acme/shop"}}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private String lastId = "";
    private int received;
    private boolean ended;

    private LateClient(URI base) {
        this.base = base;
    }

    static void main(String[] args) throws IOException, InterruptedException {
        new LateClient(URI.create(args.length > 0 ? args[0] : "http://localhost:8000")).run();
    }

    private void run() throws IOException, InterruptedException {
        String session = start();
        System.out.println("started " + session);
        Thread.sleep(Duration.ofSeconds(Long.parseLong(setting("WORK_SECONDS", "2")))); // the slow work
        URI events = base.resolve("/api/refactor/" + session + "/sse");
        // an ordinary client follows with Integer.MAX_VALUE at once; this one shows that a broken connection costs nothing
        follow(events, 1);
        System.out.println("broken after " + lastId);
        while (!ended) {
            try {
                follow(events, Integer.MAX_VALUE);
            } catch (IOException lost) {
                System.err.println("connection lost: " + lost);
            }
            if (!ended) {
                Thread.sleep(PAUSE);
            }
        }
        System.out.println("received " + received + " events");
    }

    private String start() throws IOException, InterruptedException {
        var answer = http.send(
                request(base.resolve("/api/refactor"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JOB))
                        .build(),
                BodyHandlers.ofString());
        var id = Pattern.compile("\"session_id\":\"([^\"]+)\"").matcher(answer.body());
        if (answer.statusCode() != 200 || !id.find()) {
            throw new IllegalStateException("HTTP " + answer.statusCode() + " " + answer.body());
        }
        return id.group(1);
    }

    /// Reads events from behind the last one received, until the stream ends or so many have come.
    private void follow(URI events, int most) throws IOException, InterruptedException {
        var request = request(events).header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        var response = http.send(request.build(), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                throw new IllegalStateException("HTTP " + response.statusCode());
            }
            for (int n = 0; n < most && !ended && readEvent(lines); n++) {
                received++;
            }
        }
    }

    /// Returns false if the stream ended; an event counts, and moves the cursor, when the blank line after it came.
    private boolean readEvent(BufferedReader lines) throws IOException {
        String id = lastId;
        String type = "message";
        var data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() && !data.isEmpty()) {
                lastId = id;
                ended = LAST.contains(type);
                System.out.println("event " + id + " " + type + " " + data.substring(1));
                return true;
            }
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (colon < 0 ? line : line.substring(0, colon)) {
                case "id" -> id = value;
                case "event" -> type = value;
                case "data" -> data.append('\n').append(value);
                default -> {} // a comment (heartbeat) or retry
            }
        }
        return false;
    }

    private static HttpRequest.Builder request(URI uri) {
        var request = HttpRequest.newBuilder(uri).header("x-org-id", setting("SLUICE_ORG", "demo"));
        Optional.ofNullable(System.getenv("SLUICE_TOKEN"))
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private static String setting(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }
}
