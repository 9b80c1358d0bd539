package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever a client sends: the right status, a detail that says what was wrong, and no state.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputSystemTest {
    private static final Map<String, String> JSON =
            Map.of("x-org-id", OldClient.ORG, "Content-Type", "application/json");

    private WholeSystem system;
    private OldClient client;
    private String thread = "";

    @BeforeAll
    void start(@TempDir Path dataDirectory) throws Exception {
        assumeTrue(RunningService.isBuilt(), "dev.sluice.service.Main is not in the service's jar");
        system = WholeSystem.start(dataDirectory);
        client = system.client;
    }

    @AfterAll
    void stop() throws Exception {
        if (system != null) {
            system.close();
        }
    }

    @BeforeEach
    void freshThread() throws Exception {
        thread = client.createThread();
    }

    @AfterEach
    void nothingHappened() throws Exception {
        assertThat(client.messagesOf(thread)).isEmpty();
        assertThat(system.upstream.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "not json",
                "[]",
                "\"text\"",
                "{\"content\":\"a\"}{}",
                "{\"content\":\"a\",\"content\":\"b\"}",
                "{}",
                "{\"content\":null}",
                "{\"content\":\"\"}",
                "{\"content\":5}",
                "{\"content\":[\"a\"]}",
                "{\"content\":{\"a\":1}}",
                "{\"content\":\"a\",\"use_memory\":\"yes\"}",
                "{\"content\":\"a\",\"role\":\"wizard\"}",
                "{\"content\":\"a\",\"scope\":\"everyone\"}",
                "{\"content\":\"a\",\"provider\":\"nobody\"}",
                "{\"content\":\"a\",\"attachments\":{}}",
                "{\"content\":\"a\\u0000b\"}",
            })
    void malformedOrWrongBodyIsRefused(String body) throws Exception {
        HttpResponse<String> plain = client.post(OldClient.messages(thread), body);
        HttpResponse<String> streamed = client.post(OldClient.messages(thread) + "/stream", body);

        assertThat(plain.statusCode()).isIn(400, 422);
        assertThat(streamed.statusCode()).isEqualTo(plain.statusCode());
        assertProblem(plain);
        assertProblem(streamed);
    }

    @Test
    void hugeBodyIsRefused() throws Exception {
        var answer = client.post(OldClient.messages(thread), OldClient.message("x".repeat(2 << 20)));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertProblem(answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 1000, 200_000})
    void deeplyNestedBodyIsRefused(int depth) throws Exception {
        String deep = "{\"content\":\"a\",\"tools\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        var answer = client.post(OldClient.messages(thread), deep);

        assertThat(answer.statusCode()).isIn(400, 422);
        assertProblem(answer);
    }

    @Test
    void missingOrganisationIsRefusedInTheWordsOldClientsKnow() throws Exception {
        var answer = client.send(
                "POST", OldClient.messages(thread), OldClient.message("a"), Map.of("Content-Type", "application/json"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(assertProblem(answer).path("detail").asText()).isEqualTo("Missing x-org-id header");
    }

    @Test
    void foreignThreadLooksLikeNone() throws Exception {
        Map<String, String> other = Map.of("x-org-id", "other", "Content-Type", "application/json");
        String unknown = "/api/threads/no-such-thread";

        var foreign = client.send("POST", OldClient.messages(thread), OldClient.message("a"), other);
        var absent = client.send("POST", unknown + "/messages", OldClient.message("a"), other);

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(absent.statusCode()).isEqualTo(404);
        assertThat(assertProblem(foreign).path("detail"))
                .isEqualTo(assertProblem(absent).path("detail"));
        assertThat(client.send("GET", "/api/threads/" + thread, "", other).statusCode())
                .isEqualTo(404);
        assertThat(client.get(unknown).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1"})
    void foreignOriginIsRefused(String origin) throws Exception {
        var answer = client.send("POST", OldClient.messages(thread), OldClient.message("a"), with("Origin", origin));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertProblem(answer);
    }

    @Test
    void crossSiteFetchIsRefused() throws Exception {
        var answer = client.send(
                "POST", OldClient.messages(thread), OldClient.message("a"), with("Sec-Fetch-Site", "cross-site"));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void foreignHostIsRefused() throws Exception {
        var answer =
                client.send("POST", OldClient.messages(thread), OldClient.message("a"), with("Host", "evil.example"));

        assertThat(answer.statusCode()).isEqualTo(421);
        assertProblem(answer);
    }

    @Test
    void otherContentTypeIsRefused() throws Exception {
        Map<String, String> text = Map.of("x-org-id", OldClient.ORG, "Content-Type", "text/plain");

        var answer = client.send("POST", OldClient.messages(thread), OldClient.message("a"), text);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertProblem(answer);
    }

    @Test
    void wrongMethodSaysWhichAreRight() throws Exception {
        var answer = client.send("PUT", OldClient.messages(thread), OldClient.message("a"), JSON);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("POST");
    }

    /// Checks the form of an error and that it tells nothing of the inside.
    private static JsonNode assertProblem(HttpResponse<String> answer) throws JsonProcessingException {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        JsonNode problem = Json.mapper().readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception", "dev.sluice", "com.fasterxml", "SELECT", "\tat ");
        return problem;
    }

    private static Map<String, String> with(String name, String value) {
        return Map.of("x-org-id", OldClient.ORG, "Content-Type", "application/json", name, value);
    }
}
