package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The examples of docs/examples, run as their first lines say.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesSystemTest {
    private final Path examples = SourceTree.ofThisBuild().root().resolve("docs/examples");
    private RunningService service;
    private OldClient client;

    @BeforeAll
    void start(@TempDir Path dataDirectory) throws Exception {
        assumeTrue(RunningService.isBuilt(), "there is no main class in the service's jar");
        service = RunningService.start(dataDirectory, Map.of());
        client = new OldClient(service.base());
    }

    @AfterAll
    void stop() throws Exception {
        if (service != null) {
            client.close();
            service.close();
        }
    }

    @Test
    @DisplayName("R1, R2 the late client in Java has each event once")
    void java() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        hasEachEventOnce(List.of(java, "LateClient.java"));
    }

    @Test
    @DisplayName("R1, R2 the late client with curl has each event once")
    void curl() throws Exception {
        assumeTrue(Program.isInstalled("curl"), "curl is not installed");
        hasEachEventOnce(List.of("/bin/sh", "late-client.sh"));
    }

    @Test
    @DisplayName("R1, R2 the late client in JavaScript has each event once")
    void node() throws Exception {
        assumeTrue(Program.isInstalled("node"), "node is not installed");
        hasEachEventOnce(List.of("node", "late-client.mjs"));
    }

    @Test
    @DisplayName("R1, R2 the late client in Python has each event once")
    void python() throws Exception {
        assumeTrue(Program.isInstalled("python3"), "python3 is not installed");
        hasEachEventOnce(List.of("python3", "late_client.py"));
    }

    private void hasEachEventOnce(List<String> program) throws Exception {
        List<String> command = new ArrayList<>(program);
        command.add(service.base().toString());
        var environment = Map.of("SLUICE_ORG", OldClient.ORG, "WORK_SECONDS", "1");

        List<String> printed =
                Program.run(examples, environment, command).lines().toList();

        List<String> events = stored(printed.getFirst().substring("started ".length()));
        assertThat(events).hasSizeGreaterThan(1);
        List<String> expected = new ArrayList<>(events);
        expected.addFirst(printed.getFirst());
        expected.add(2, "broken after " + events.getFirst().split(" ", -1)[1]);
        expected.add("received " + events.size() + " events");
        assertThat(printed).isEqualTo(expected);
    }

    /// Returns the lines that the events of a session should be.
    private List<String> stored(String session) throws Exception {
        var page = client.send(
                "GET",
                "/api/refactor/" + session + "/sse",
                "",
                Map.of("x-org-id", OldClient.ORG, "Accept", "application/json"));
        List<String> lines = new ArrayList<>();
        for (JsonNode event : OldClient.json(page).path("events")) {
            lines.add("event " + event.path("id").asText() + " "
                    + event.path("event").asText() + " " + event.path("data").asText());
        }
        return lines;
    }
}
