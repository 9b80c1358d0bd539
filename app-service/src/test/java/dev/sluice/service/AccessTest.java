package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.service.auth.FreshToken;
import dev.sluice.service.auth.Role;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.http.Until;
import dev.sluice.service.store.Database;
import dev.sluice.service.store.DatabaseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tokens and tickets made and revoked beside a service that runs.
@Timeout(60)
final class AccessTest {
    private static final String STREAM = "/api/ops/stream";

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
    @DisplayName("X8 the first client token ends trust within a second, and revoking it does not bring it back")
    void firstClientTokenEndsTrust() throws Exception {
        assertThat(sluice.get("/api/threads/", "x-org-id", "acme").statusCode()).isEqualTo(200);
        create("viewer");
        assertThat(sluice.get("/api/threads/", "x-org-id", "acme").statusCode()).isEqualTo(200);

        create("client");

        Until.holds(
                "an org alone is refused",
                () -> sluice.get("/api/threads/", "x-org-id", "acme").statusCode() == 401);
        command("token revoke " + id("client"));
        sluice.close();
        sluice = RunningSluice.on(directory);
        assertThat(sluice.get("/api/threads/", "x-org-id", "acme").statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("X8 a token of one org finds nothing of another: 404")
    void tokenOfAnOrgSeesNothingOfAnother() throws Exception {
        String acme = bearer(create("client --org acme"));
        String other = bearer(create("client --org other"));
        var created = sluice.post("/api/threads/", "{}", "Authorization", acme);
        String thread = Json.mapper().readTree(created.body()).path("thread_id").asText();

        assertThat(sluice.get("/api/threads/" + thread, "Authorization", acme).statusCode())
                .isEqualTo(200);
        assertThat(sluice.get("/api/threads/" + thread, "Authorization", other).statusCode())
                .isEqualTo(404);
        assertThat(sluice.get("/api/threads/" + thread, "Authorization", acme, "x-org-id", "other")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("X8 a revoked token's streams end within five seconds, then it is 401; others' go on")
    void revokedTokenEndsItsStreams() throws Exception {
        String revoked = bearer(create("viewer"));
        String id = id("viewer");
        try (InputStream stream =
                        sluice.stream(STREAM, "Authorization", revoked).body();
                InputStream other = sluice.stream(STREAM, "Authorization", bearer(sluice.operatorToken()))
                        .body()) {
            readTo(stream, "event: snapshot");
            readTo(other, "event: snapshot");

            command("token revoke " + id);
            long revokedAt = System.nanoTime();
            stream.readAllBytes();

            assertThat(Duration.ofNanos(System.nanoTime() - revokedAt)).isLessThan(Duration.ofSeconds(5));
            assertThat(sluice.get(STREAM, "Authorization", revoked).statusCode())
                    .isEqualTo(401);
            readTo(other, "\n:");
        }
    }

    @Test
    @DisplayName("X8 a token that expires ends its streams within five seconds, then it is 401")
    void expiredTokenEndsItsStreams() throws Exception {
        Instant end = Instant.now().plusSeconds(2);
        var fresh = FreshToken.make(new SecureRandom(), "ann", Role.VIEWER, null, Instant.now(), end);
        try (var db = Database.share(directory, DatabaseOptions.defaults())) {
            new TokenRepository(db).insert(fresh.row());
        }
        try (InputStream stream =
                sluice.stream(STREAM, "Authorization", bearer(fresh.text())).body()) {
            readTo(stream, "event: snapshot");

            stream.readAllBytes();

            assertThat(Instant.now()).isBetween(end, end.plusSeconds(5));
            assertThat(sluice.get(STREAM, "Authorization", bearer(fresh.text())).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    @DisplayName("X2 a ticket opens its stream without a header, and stays out of the log")
    void ticketOpensItsStream() throws Exception {
        try (var log = new LogLines()) {
            var answer = ticket(STREAM, bearer(sluice.operatorToken()));
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            var issued = Json.mapper().readTree(answer.body());
            String text = issued.path("ticket").asText();
            assertThat(issued.path("url").asText()).isEqualTo(STREAM + "?ticket=" + text);
            assertThat(Instant.parse(issued.path("expires_at").asText()))
                    .isBetween(Instant.now().plusSeconds(30), Instant.now().plusSeconds(61));

            for (int reconnect = 0; reconnect < 2; reconnect++) {
                try (InputStream stream =
                        sluice.stream(issued.path("url").asText()).body()) {
                    readTo(stream, "event: snapshot");
                }
            }

            Until.holds(
                    "the accesses are logged",
                    () -> log.accesses().stream()
                                    .filter(line -> line.contains("path=" + STREAM + " status=200"))
                                    .count()
                            == 2);
            assertThat(log.all()).noneMatch(line -> line.contains(text) || line.contains("ticket="));
        }
    }

    @Test
    void ticketOpensNothingElse() throws Exception {
        String issued = ticket(STREAM, bearer(sluice.operatorToken())).body();
        String query =
                "?ticket=" + Json.mapper().readTree(issued).path("ticket").asText();

        assertThat(sluice.get("/api/ops/snapshot" + query).statusCode()).isEqualTo(401);
        assertThat(sluice.get("/api/ops/audit" + query).statusCode()).isEqualTo(401);
        assertThat(sluice.post("/api/ops/flights/f1/cancel" + query, "{}").statusCode())
                .isEqualTo(401);
        assertThat(sluice.post("/api/tickets" + query, "{\"path\":\"" + STREAM + "\"}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(sluice.get(STREAM + query + "x").statusCode()).isEqualTo(401);
    }

    @Test
    void ticketIsForThoseWhoMayOpenTheStream() throws Exception {
        String client = bearer(create("client --org acme"));

        assertThat(ticket(STREAM, "Bearer nonsense").statusCode()).isEqualTo(401);
        assertThat(ticket(STREAM, client).statusCode()).isEqualTo(403);
        assertThat(ticket("/api/ops/snapshot", client).statusCode()).isEqualTo(422);
        assertThat(ticket(STREAM + "?x=1", client).statusCode()).isEqualTo(422);
        Until.holds(
                "trust has ended",
                () -> sluice.post("/api/tickets", "{\"path\":\"/\"}").statusCode() == 401);
        assertThat(ticket(STREAM, bearer(create("viewer"))).statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("X8 a ticket dies with its token, and so does the stream it opened")
    void ticketDiesWithItsToken() throws Exception {
        String issued = ticket(STREAM, bearer(create("viewer"))).body();
        String url = Json.mapper().readTree(issued).path("url").asText();
        try (InputStream stream = sluice.stream(url).body()) {
            readTo(stream, "event: snapshot");

            command("token revoke " + id("viewer"));
            stream.readAllBytes();

            assertThat(sluice.get(url).statusCode()).isEqualTo(401);
        }
    }

    private HttpResponse<String> ticket(String path, String authorization) throws Exception {
        return sluice.post("/api/tickets", "{\"path\":\"" + path + "\"}", "Authorization", authorization);
    }

    private String create(String roleAndMore) {
        return command("token create --role " + roleAndMore).out().strip();
    }

    private String id(String role) {
        return command("token list")
                .out()
                .lines()
                .filter(line -> line.contains(" " + role + " "))
                .findFirst()
                .orElseThrow()
                .split(" ", 2)[0];
    }

    private CommandRun command(String line) {
        CommandRun ran =
                CommandRun.of(Stream.concat(Stream.of(line.split(" ")), Stream.of("--data-dir", directory.toString()))
                        .toArray(String[]::new));
        assertThat(ran.status()).as(ran.err()).isZero();
        return ran;
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    private static void readTo(InputStream stream, String text) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int next = stream.read();
            assertThat(next)
                    .as("the stream ended before <%s>, after <%s>", text, seen)
                    .isNotNegative();
            seen.append(new String(new byte[] {(byte) next}, StandardCharsets.ISO_8859_1));
        }
    }
}
