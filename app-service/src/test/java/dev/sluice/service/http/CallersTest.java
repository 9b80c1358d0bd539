package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.auth.Role;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is let in where, over HTTP.
@Timeout(60)
final class CallersTest {
    private TestServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start();
        client = server.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void trustModeBelievesTheOrg() throws IOException {
        JsonNode caller = client.request("GET", "/api/threads/mine", "x-org-id: acme")
                .answer()
                .json();

        assertThat(caller.path("org").asText()).isEqualTo("acme");
        assertThat(caller.path("name").asText()).isEqualTo("local");
        assertThat(caller.path("all_orgs").asBoolean()).isFalse();
    }

    @Test
    void trustModeNeedsTheOrgForThreadsAlone() throws IOException {
        assertThat(client.request("GET", "/api/threads/mine")
                        .answer()
                        .problem(401)
                        .path("detail")
                        .asText())
                .isEqualTo("Missing x-org-id header");
        JsonNode caller = client.request("GET", "/client").answer().json();
        assertThat(caller.path("org").asText()).isEqualTo("default");
        assertThat(caller.path("all_orgs").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "\u00e4", "'; DROP TABLE tokens"})
    @DisplayName("X8 an org that is not of its form is refused")
    void malformedOrg(String org) throws IOException {
        RawAnswer answer =
                client.request("GET", "/api/threads/mine", "x-org-id: " + org).answer();

        assertThat(answer.problem(400).path("field").asText()).isEqualTo("x-org-id");
    }

    @Test
    @DisplayName("X8 two orgs in one request are refused")
    void twoOrgs() throws IOException {
        client.request("GET", "/api/threads/mine", "x-org-id: a", "x-org-id: b")
                .answer()
                .problem(400);
        client.request("GET", "/api/threads/mine", "x-org-id: " + "a".repeat(65))
                .answer()
                .problem(400);
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/ops/view", "POST, /api/ops/act", "GET, /api/ops/tokens"})
    @DisplayName("operations need a token in trust mode too, and say so")
    void operationsNeedAToken(String method, String path) throws IOException {
        RawAnswer answer = client.request(method, path, "x-org-id: acme").answer();

        answer.problem(401);
        assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT,   GET,  /client,           200",
        "CLIENT,   POST, /client,           200",
        "CLIENT,   GET,  /api/ops/view,     403",
        "CLIENT,   POST, /api/ops/act,      403",
        "WEBHOOK,  GET,  /client,           403",
        "WEBHOOK,  POST, /api/ops/act,      403",
        "VIEWER,   GET,  /client,           200",
        "VIEWER,   POST, /client,           403",
        "VIEWER,   GET,  /api/ops/view,     200",
        "VIEWER,   POST, /api/ops/act,      403",
        "OPERATOR, POST, /client,           200",
        "OPERATOR, GET,  /api/ops/view,     200",
        "OPERATOR, POST, /api/ops/act,      200",
        "OPERATOR, GET,  /api/ops/tokens,   403",
        "ADMIN,    POST, /client,           200",
        "ADMIN,    POST, /api/ops/act,      200",
        "ADMIN,    GET,  /api/ops/tokens,   200",
    })
    void roleReaches(Role role, String method, String path, int status) throws IOException {
        String token = server.tokens.issue(role, null);

        RawAnswer answer =
                client.request(method, path, "Authorization: Bearer " + token).answer();

        assertThat(answer.status()).isEqualTo(status);
        if (status == 200) {
            assertThat(answer.json().path("role").asText()).isEqualTo(role.wireName());
        } else {
            assertThat(answer.body()).doesNotContain(token);
        }
    }

    @Test
    @DisplayName("X8 a token of one org with another's name finds nothing")
    void foreignOrg() throws IOException {
        String token = server.tokens.issue(Role.CLIENT, "acme");

        client.request("GET", "/api/threads/mine", "Authorization: Bearer " + token, "x-org-id: other")
                .answer()
                .problem(404);

        RawAnswer own = client.request("GET", "/api/threads/mine", "Authorization: Bearer " + token)
                .answer();
        assertThat(own.json().path("org").asText()).isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer x y", "Basic dXNlcjpwYXNz", "Bearer unknown", "slc_x", ""})
    @DisplayName("X2 what is no token that works is refused and not repeated, in trust mode too")
    void badToken(String authorization) throws IOException {
        RawAnswer answer = client.request("GET", "/client", "Authorization: " + authorization, "x-org-id: acme")
                .answer();

        answer.problem(401);
        assertThat(answer.body()).doesNotContain("unknown token", "dXNlcjpwYXNz", "slc_");
    }

    @Test
    void twoTokensAreRefused() throws IOException {
        String header = "Authorization: Bearer " + server.tokens.issue(Role.ADMIN, null);

        client.request("GET", "/client", header, header).answer().problem(401);
    }

    @Test
    @DisplayName("a client's token ends trust mode, and revoking it does not bring it back")
    void trustEndsWithTheFirstToken() throws IOException {
        server.tokens.issue(Role.CLIENT, "acme");
        client.request("GET", "/client", "x-org-id: acme").answer().problem(401);

        server.tokens.revokeAll(Instant.now());

        client.request("GET", "/client", "x-org-id: acme").answer().problem(401);
    }

    @Test
    void operatorsTokenDoesNotEndTrustMode() throws IOException {
        server.tokens.issue(Role.OPERATOR, null);

        assertThat(client.request("GET", "/client", "x-org-id: acme").answer().status())
                .isEqualTo(200);
    }

    @Test
    void refusedBodyEndsTheConnectionUnread() throws IOException {
        client.post("/api/ops/act", "{\"secret\":1}").answer().problem(401);

        client.halfClose();
        assertThat(client.rest()).isEmpty();
    }
}
