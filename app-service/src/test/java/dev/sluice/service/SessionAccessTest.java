package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.service.auth.FreshToken;
import dev.sluice.service.auth.Role;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.http.Until;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.DatabaseOptions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what with sessions, on the real service.
@Timeout(120)
final class SessionAccessTest {
    private static final String UNUSED = "Sluice-Ticket";

    @TempDir
    Path directory;

    private RunningSluice sluice;

    @BeforeEach
    void start() {
        sluice = RunningSluice.on(directory);
    }

    @AfterEach
    void stop() {
        sluice.close();
    }

    @Test
    @DisplayName("X8 a viewer finds, reads, follows and exports the sessions of all orgs, and imports none")
    void viewerReads() throws Exception {
        String acme = ended("acme");
        String globex = ended("globex");
        String viewer = bearer(Role.VIEWER, null);

        assertThat(listed(viewer)).contains(acme, globex);
        for (String tail : new String[] {"", "/events"}) {
            assertThat(sluice.get("/api/sessions/" + acme + tail, "Authorization", viewer)
                            .statusCode())
                    .isEqualTo(200);
        }
        String file = export(acme, viewer).body();

        HttpResponse<String> refused = imported(file, viewer);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("operator");
        assertThat(listed(viewer)).hasSize(2);
        assertThat(imported(file, "Bearer " + sluice.operatorToken()).statusCode())
                .isEqualTo(201);
        assertThat(listed(viewer)).hasSize(3);
    }

    @Test
    @DisplayName("X8 a viewer of one org sees that org's sessions alone")
    void viewerOfOneOrg() throws Exception {
        String acme = ended("acme");
        String globex = ended("globex");
        String viewer = bearer(Role.VIEWER, "acme");

        assertThat(listed(viewer)).containsExactly(acme);
        assertThat(sluice.get("/api/sessions/" + globex + "/events", "Authorization", viewer)
                        .statusCode())
                .isEqualTo(404);
        assertThat(sluice.get("/api/sessions?org=globex", "Authorization", viewer)
                        .body())
                .doesNotContain(globex);
    }

    @ParameterizedTest
    @CsvSource({
        "acme,    acme,   200", // who asked, and says so
        "acme,    globex, 404", // a ticket does not make another org's session one's own
        "acme,    a/b,    400",
        "default, globex, 404", // whoever named no org may see all; with one named, that one's alone
    })
    @DisplayName("X8 in trust mode an org named beside a ticket narrows it, as it does a token")
    void orgBesideATicket(String asking, String naming, int status) throws Exception {
        String path = "/api/sessions/" + ended(asking) + "/events";
        String url = asking.equals("default") ? ticket(path) : ticket(path, "x-org-id", asking);

        HttpResponse<String> answer = sluice.get(url, "x-org-id", naming);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue(UNUSED)).isEmpty();
        assertThat(sluice.get(url).statusCode()).as("the ticket alone").isEqualTo(200);
    }

    @Test
    @DisplayName(
            "X8 a ticket that is worthless adds nothing to the org beside it, and the answer says that it is unused")
    void worthlessTicketBesideAnOrg() throws Exception {
        String acme = "/api/sessions/" + ended("acme") + "/events";
        String globex = "/api/sessions/" + ended("globex") + "/events";
        String query = ticket(globex, "x-org-id", "globex").substring(globex.length());

        HttpResponse<String> own = sluice.get(acme + query, "x-org-id", "acme");
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue(UNUSED)).contains("unused");
        assertThat(sluice.get(globex + "?ticket=tkt_x", "x-org-id", "acme").statusCode())
                .isEqualTo(404);
        assertThat(sluice.get(acme + query).statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("X8 beside a token a ticket counts for nothing, and the answer says so")
    void ticketBesideAToken() throws Exception {
        String globex = "/api/sessions/" + ended("globex") + "/events";
        String url = ticket(globex, "x-org-id", "globex");

        HttpResponse<String> foreign = sluice.get(url, "Authorization", bearer(Role.VIEWER, "acme"));

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.headers().firstValue(UNUSED)).contains("unused");
    }

    /// Returns the id of a session that has ended.
    private String ended(String org) throws Exception {
        String body = """
                {"user_id": "u", "user_prompt": "hello", "mode": "autonomous",
                 "github_credentials": {"access_token": "ghp_x", "repository_url": "https://github.com/me/mine"}}\
                """;
        HttpResponse<String> begun = org.equals("default")
                ? sluice.post("/api/refactor", body)
                : sluice.post("/api/refactor", body, "x-org-id", org);
        assertThat(begun.statusCode()).as(begun.body()).isBetween(200, 202);
        String id = Json.mapper().readTree(begun.body()).path("session_id").asText();
        Until.holds(
                "it ends",
                () -> session(id, "x-org-id", org).path("state").asText().equals("ended"));
        return id;
    }

    private JsonNode session(String id, String... headers) throws Exception {
        return Json.mapper().readTree(sluice.get("/api/sessions/" + id, headers).body());
    }

    private List<String> listed(String authorization) throws Exception {
        HttpResponse<String> answer = sluice.get("/api/sessions", "Authorization", authorization);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.mapper().readTree(answer.body()).path("sessions").findValuesAsText("id");
    }

    private HttpResponse<String> export(String id, String authorization) throws Exception {
        HttpResponse<String> file = sluice.get("/api/sessions/" + id + "/export", "Authorization", authorization);
        assertThat(file.statusCode()).isEqualTo(200);
        return file;
    }

    private HttpResponse<String> imported(String file, String authorization) throws Exception {
        return sluice.send("/api/sessions/import", "application/x-ndjson", file, "Authorization", authorization);
    }

    /// Returns the URL with a ticket for a stream.
    private String ticket(String path, String... headers) throws Exception {
        HttpResponse<String> issued = sluice.post("/api/tickets", "{\"path\":\"" + path + "\"}", headers);
        assertThat(issued.statusCode()).isEqualTo(200);
        return Json.mapper().readTree(issued.body()).path("url").asText();
    }

    private String bearer(Role role, @Nullable String org) {
        var fresh = FreshToken.make(new SecureRandom(), "ann", role, org, Instant.now(), null);
        try (var db = Database.share(directory, DatabaseOptions.defaults())) {
            new TokenRepository(db).insert(fresh.row());
        }
        return "Bearer " + fresh.text();
    }
}
