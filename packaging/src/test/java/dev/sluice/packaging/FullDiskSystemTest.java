package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Sessions while the kernel refuses every write to the service's files.
@Timeout(180)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields first
@EnabledOnOs(value = OS.LINUX, disabledReason = "it needs prlimit")
class FullDiskSystemTest {
    private static final String JOB = """
            {"user_id": "u", "user_prompt": "%s", "mode": "autonomous",
             "github_credentials": {"access_token": "ghp_x", "repository_url": "https://github.com/me/mine"}}\
            """;

    @TempDir
    private Path dataDirectory;

    private WholeSystem system;

    @BeforeEach
    void start() throws Exception {
        system = WholeSystem.start(dataDirectory);
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
    }

    @Test
    @DisplayName("R6 D4 a full disk ends a running session in an error and refuses new ones; what was seen is kept")
    void sessionOnAFullDisk() throws Exception {
        system.upstream.hold();
        JsonNode begun = begin("Split the parser.");
        String id = begun.path("session_id").asText();
        try (InputStream body = follow(id, "")) {
            var reader = new Reader(body);
            until(() -> system.upstream.calls() == 1);
            reader.readTo("progress");

            system.service.files(false);
            system.upstream.release();
            reader.readToTheEnd();

            SseEvent last = reader.seen.getLast();
            assertThat(last.type()).isEqualTo("error");
            assertThat(last.data()).contains("could not be stored");
            JsonNode status = OldClient.json(system.client.get("/api/refactor/" + id));
            assertThat(status.path("status").asText()).isEqualTo("failed");
            assertThat(status.path("message").asText()).contains("could not be stored");
            HttpResponse<String> refused = system.client.post("/api/refactor", JOB.formatted("Split the lexer."));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();

            system.service.files(true);
            until(() -> page(id).path("ended").asBoolean() && storedState(id).equals("ended"));
            assertThat(stored(id)).isEqualTo(told(reader.seen));

            system.service.kill();
            system.restart();
            assertThat(stored(id)).as("after a crash, too").isEqualTo(told(reader.seen));
            assertThat(page(id).path("epoch").asText()).isEqualTo(id);
        }
    }

    @Test
    @DisplayName("R6 D4 once there is room again, sessions begin and end without an operator")
    void healsByItself() throws Exception {
        system.service.files(false);
        assertThat(system.client.post("/api/refactor", JOB.formatted("hello")).statusCode())
                .isEqualTo(503);
        assertThat(sessions()).isEmpty();

        system.service.files(true);
        until(() -> system.client.post("/api/refactor", JOB.formatted("hello")).statusCode() < 300);

        until(() -> !sessions().isEmpty()
                && sessions().getFirst().path("outcome").asText().equals("completed"));
    }

    private JsonNode begin(String prompt) throws Exception {
        HttpResponse<String> answer = system.client.post("/api/refactor", JOB.formatted(prompt));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return OldClient.json(answer);
    }

    private InputStream follow(String id, String cursor) throws Exception {
        return system.client.open("/api/sessions/" + id + "/events", cursor).body();
    }

    private JsonNode page(String id) throws Exception {
        return OldClient.json(system.client.send(
                "GET",
                "/api/sessions/" + id + "/events?limit=1000",
                "",
                Map.of("x-org-id", OldClient.ORG, "Accept", "application/json")));
    }

    private String storedState(String id) throws Exception {
        return OldClient.json(system.client.get("/api/sessions/" + id))
                .path("state")
                .asText();
    }

    private List<JsonNode> sessions() throws Exception {
        var sessions = new ArrayList<JsonNode>();
        OldClient.json(system.client.get("/api/sessions")).path("sessions").forEach(sessions::add);
        return sessions;
    }

    private List<String> stored(String id) throws Exception {
        var events = new ArrayList<String>();
        page(id).path("events")
                .forEach(event -> events.add(
                        event.path("id").asText() + " " + event.path("event").asText() + " "
                                + event.path("data").asText()));
        return events;
    }

    private static List<String> told(List<SseEvent> seen) {
        return seen.stream()
                .map(event -> event.id() + " " + event.type() + " " + event.data())
                .toList();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.onSpinWait(); // the test's time-out is the limit
        }
    }

    /// Reads one stream.
    private static final class Reader {
        private final InputStream body;
        private final List<SseEvent> seen = new ArrayList<>();
        private final SseParser parser = new SseParser(event -> {
            if (!event.id().isEmpty()) {
                seen.add(event);
            }
        });

        Reader(InputStream body) {
            this.body = body;
        }

        void readTo(String type) throws IOException {
            while (seen.stream().noneMatch(event -> event.type().equals(type))) {
                assertThat(read()).as("the stream ended without %s", type).isTrue();
            }
        }

        void readToTheEnd() throws IOException {
            while (read()) {
                // all of it
            }
        }

        private boolean read() throws IOException {
            var buffer = new byte[4096];
            int n = body.read(buffer);
            if (n > 0) {
                parser.feed(buffer, 0, n);
            }
            return n >= 0;
        }
    }
}
