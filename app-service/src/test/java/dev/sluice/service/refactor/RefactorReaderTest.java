package dev.sluice.service.refactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.model.Json;
import dev.sluice.service.session.SessionFilter;
import dev.sluice.service.store.TemporaryDatabase;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class RefactorReaderTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private RefactorServer server;

    @BeforeEach
    void open() {
        server = new RefactorServer(temporary.db());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    user_id             | null
                    user_id             | "  "
                    user_id             | 7
                    user_prompt         | null
                    user_prompt         | ""
                    user_prompt         | "look at ghp_0123456789secret"
                    github_credentials  | null
                    github_credentials  | "x"
                    mode                | "manual"
                    auto_fix_enabled    | "yes"
                    max_retries         | -1
                    max_retries         | 6
                    max_retries         | 1.5
                    high_risk_threshold | 11
                    min_test_coverage   | 1.01
                    min_test_coverage   | -0.1
                    min_test_coverage   | "0.7"
                    timeout_seconds     | 59
                    timeout_seconds     | 3601
                    """)
    @DisplayName("X1 a field that is not acceptable is 422 and named, and no job begins")
    void wrongFieldIsNamed(String field, String json) throws Exception {
        ObjectNode body = RefactorServer.body("Split the parser", "autonomous");
        body.set(field, Json.mapper().readTree(json));

        assertRefused(body, field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    access_token   | null
                    access_token   | " "
                    access_token   | 12345678
                    repository_url | null
                    repository_url | "github.com/acme/parser"
                    repository_url | "https://ann:pw@github.com/acme/parser"
                    repository_url | "https://github.com/acme/parser?token=1"
                    repository_url | "file:///etc/passwd"
                    repository_url | "https://github.com/acme/ghp_0123456789secret"
                    branch         | "two words"
                    branch         | "-x"
                    branch         | "ghp_0123456789secret"
                    """)
    @DisplayName("X1 credentials that are not acceptable are 422 and named, and no value is repeated")
    void wrongCredentialIsNamed(String field, String json) throws Exception {
        ObjectNode body = RefactorServer.body("Split the parser", "autonomous");
        ((ObjectNode) body.get("github_credentials")).set(field, Json.mapper().readTree(json));

        assertRefused(body, "github_credentials." + field);
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/parser.git, main",
        "git@github.com:acme/parser.git, feature/x-1",
        "ssh://git@git.acme.example:2222/team/parser, release_1.2"
    })
    void ordinaryRepositoriesAreTaken(String url, String branch) throws Exception {
        ObjectNode body = RefactorServer.body("hello", "autonomous");
        ((ObjectNode) body.get("github_credentials")).put("repository_url", url).put("branch", branch);

        assertThat(server.post("/api/refactor", body).statusCode()).isEqualTo(200);
    }

    @Test
    void bodyMustBeJson() throws Exception {
        assertThat(server.post("/api/refactor", Map.of(), "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    plan       | {}                                            | action
                    plan       | {"action":"push"}                             | action
                    plan       | {"action":"modify"}                           | modifications
                    plan       | {"action":"modify","modifications":{}}        | modifications
                    validation | {"validation_mode":"half"}                    | validation_mode
                    push       | {"action":"modify"}                           | action
                    push       | {"action":"approve","branch_name_override":" a b"} | branch_name_override
                    """)
    void wrongDecisionIsNamed(String what, String json, String field) throws Exception {
        JsonNode begun = server.begin("Split the parser", "interactive");
        server.await(begun, "paused");

        HttpResponse<String> refused = server.post(
                RefactorServer.path(begun) + "/confirm-" + what, Json.mapper().readTree(json));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(RefactorServer.json(refused).path("field").asText()).isEqualTo(field);
        assertThat(server.status(begun).path("status").asText()).isEqualTo("paused");
    }

    private void assertRefused(ObjectNode body, String field) throws Exception {
        HttpResponse<String> refused = server.post("/api/refactor", body);

        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode problem = RefactorServer.json(refused);
        assertThat(problem.path("field").asText()).isEqualTo(field);
        assertThat(problem.path("detail").asText()).contains(field);
        assertThat(refused.body()).doesNotContain("ghp_", "pw@");
        assertThat(server.sessions.list(everything())).isEmpty();
        assertThat(server.upstream.calls()).isZero();
    }

    private static SessionFilter everything() {
        return new SessionFilter(null, null, null, null, null, null, null, null, null, null, null, null, 10);
    }
}
