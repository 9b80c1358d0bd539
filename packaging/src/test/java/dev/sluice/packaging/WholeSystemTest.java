package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The promises of the product over real HTTP: clients, the service as a process, a provider that counts its
/// calls. Alone: it measures how long users wait.
@Isolated
class WholeSystemTest {
    private static final long GRACE_SECONDS = 15;

    @TempDir
    private Path dataDirectory;

    private WholeSystem system;

    @BeforeAll
    static void serviceIsBuilt() throws IOException {
        assumeTrue(RunningService.isBuilt(), "dev.sluice.service.Main is not in the service's jar");
    }

    @BeforeEach
    void start() throws Exception {
        system = WholeSystem.start(dataDirectory);
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
    }

    @Test
    @DisplayName("C1 a burst of 50 identical requests costs one call and one turn")
    void burstCostsOneCall() throws Exception {
        String thread = system.client.createThread();

        List<HttpResponse<String>> answers = burst(thread);

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(system.upstream.calls()).isEqualTo(1);
        assertThat(system.client.messagesOf(thread)).hasSize(2);
        assertThat(answers)
                .extracting(answer -> OldClient.json(answer)
                        .path("assistant_message")
                        .path("content")
                        .asText())
                .containsOnly("Answer 1: A gate that lets water pass.");
        assertThat(answers)
                .extracting(answer -> answer.headers().firstValue("Sluice-Role").orElse("none"))
                .containsOnlyOnce("leader");
        JsonNode coalesce = system.client.metrics().path("coalesce");
        assertThat(coalesce.path("leaders").asLong()).isEqualTo(1);
        assertThat(coalesce.path("followers").asLong()).isEqualTo(49);
        assertThat(coalesce.path("provider_calls").asLong()).isEqualTo(1);
    }

    @Test
    @DisplayName("C11 different threads never share")
    void threadsNeverShare() throws Exception {
        List<String> threads = threads(20);
        var next = new AtomicInteger();

        List<HttpResponse<String>> answers =
                Burst.of(20, 20, () -> system.client.ask(threads.get(next.getAndIncrement()), "same text"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(system.upstream.calls()).isEqualTo(20);
        assertThat(system.client.metrics().path("coalesce").path("leaders").asLong())
                .isEqualTo(20);
    }

    @Test
    @DisplayName("C14 ten streams at once cost one call and say the same")
    void streamsShareOneCall() throws Exception {
        String thread = system.client.createThread();

        List<OldStream.Transcript> transcripts = Burst.of(10, 10, () -> {
            try (var stream = new OldStream(system.client.stream(thread, "stream"))) {
                return stream.readAll();
            }
        });

        assertThat(system.upstream.calls()).isEqualTo(1);
        assertThat(transcripts).allMatch(OldStream.Transcript::done);
        assertThat(transcripts).allMatch(OldStream.Transcript::sawTimeToFirstToken);
        assertThat(transcripts)
                .extracting(OldStream.Transcript::text)
                .containsOnly("Answer 1: A gate that lets water pass.");
        assertThat(transcripts)
                .extracting(OldStream.Transcript::shared)
                .containsOnly(transcripts.getFirst().shared());
        assertThat(system.client.messagesOf(thread)).hasSize(2);
    }

    @Test
    @DisplayName("C5 the leader's connection is cut: the followers finish")
    void followersOutliveTheLeader() throws Exception {
        String thread = system.client.createThread();
        system.upstream.hold();
        List<OldStream> followers = new ArrayList<>();
        try (var leader = new OldStream(system.client.stream(thread, "stream"))) {
            assertThat(leader.role()).isEqualTo("leader");
            leader.readTo("delta");
            for (int i = 0; i < 5; i++) {
                var follower = new OldStream(system.client.stream(thread, "stream"));
                follower.readTo("delta");
                assertThat(follower.role()).isEqualTo("follower");
                followers.add(follower);
            }
        }
        system.upstream.release();

        for (OldStream follower : followers) {
            try (follower) {
                OldStream.Transcript rest = follower.readAll();
                assertThat(rest.text()).isEqualTo(" A gate that lets water pass.");
                assertThat(rest.done()).isTrue();
            }
        }
        assertThat(system.upstream.calls()).isEqualTo(1);
        assertThat(system.client.messagesOf(thread)).hasSize(2);
    }

    @Test
    @DisplayName("25 chats at once on different threads are answered without waiting long")
    void differentChatsDoNotWait() throws Exception {
        List<String> threads = threads(25);
        var next = new AtomicInteger();

        List<HttpResponse<String>> answers = Burst.of(25, 25, () -> {
            int i = next.getAndIncrement();
            return system.client.ask(threads.get(i), "chat " + i);
        });

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(system.upstream.calls()).isEqualTo(25);
        JsonNode wait = system.client.metrics().path("queue_wait_ms");
        assertThat(wait.path("p95").asDouble()).isLessThanOrEqualTo(1000);
        assertThat(wait.path("meets_target").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("C21 with COALESCE_ENABLED off a burst costs 50 calls; on again, one")
    void switchedOffEveryRequestCalls() throws Exception {
        String thread = system.client.createThread();

        assertThat(setCoalescing("0")).isEqualTo(200);
        List<HttpResponse<String>> answers = burst(thread);

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(answers)
                .extracting(answer -> answer.headers().firstValue("Sluice-Role").orElse("none"))
                .containsOnly("bypass");
        assertThat(system.upstream.calls()).isEqualTo(50);

        assertThat(setCoalescing("1")).isEqualTo(200);
        burst(system.client.createThread());
        assertThat(system.upstream.calls()).isEqualTo(51);
    }

    @Test
    @DisplayName("operations need the operator's token and the current version")
    void settingsAreGuarded() throws Exception {
        String body = "{\"COALESCE_ENABLED\":\"0\"}";
        assertThat(system.client.get("/api/ops/settings").statusCode()).isEqualTo(401);

        Map<String, String> stale = Map.of(
                "Authorization",
                "Bearer " + operatorToken(),
                "Content-Type",
                "application/json",
                "If-Match",
                "\"999\"");
        var conflict = system.client.send("PATCH", "/api/ops/settings", body, stale);

        assertThat(conflict.statusCode()).isEqualTo(412);
        burst(system.client.createThread());
        assertThat(system.upstream.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("SIGTERM ends a busy service with status 0 within its grace")
    void terminationIsClean() throws Exception {
        String thread = system.client.createThread();
        system.client.ask(thread, "before");
        system.upstream.hold();
        try (var stream = new OldStream(system.client.stream(thread, "in the air"))) {
            stream.readTo("delta");

            assertThat(system.service.terminate(GRACE_SECONDS))
                    .as(() -> String.join("\n", system.service.output()))
                    .isZero();
        }
    }

    @Test
    @DisplayName("an answered turn survives kill -9")
    void answeredTurnSurvivesAKill() throws Exception {
        String thread = system.client.createThread();
        assertThat(system.client.ask(thread, "remember me").statusCode()).isEqualTo(200);

        system.service.kill();
        system.restart();

        JsonNode messages = system.client.messagesOf(thread);
        assertThat(messages).hasSize(2);
        assertThat(messages.path(0).path("content").asText()).isEqualTo("remember me");
        assertThat(messages.path(1).path("content").asText()).startsWith("Answer 1:");
    }

    @Test
    @DisplayName("the demo plays its rounds against a running service")
    void demoPlays() {
        var demo = Demo.commandLine();
        var printed = new StringWriter();
        demo.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(printed, true));

        int status = demo.execute("--url", system.service.base().toString());

        assertThat(status).as(printed.toString()).isZero();
        assertThat(printed.toString())
                .contains("round 1 (real provider)")
                .containsPattern("burst .*: 1 leader, .*; 1 provider call in")
                .containsPattern("streams .*; 1 provider call in .*all with the same events")
                .containsPattern("singles .*: 3 leaders; 3 provider calls in");
    }

    private List<HttpResponse<String>> burst(String thread) throws Exception {
        return Burst.of(50, 10, () -> system.client.ask(thread, "the same question"));
    }

    private List<String> threads(int count) throws IOException, InterruptedException {
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(system.client.createThread());
        }
        return threads;
    }

    private int setCoalescing(String value) throws IOException, InterruptedException {
        String bearer = "Bearer " + operatorToken();
        var settings = system.client.send("GET", "/api/ops/settings", "", Map.of("Authorization", bearer));
        String etag = settings.headers().firstValue("ETag").orElseThrow();
        return system.client
                .send(
                        "PATCH",
                        "/api/ops/settings",
                        "{\"COALESCE_ENABLED\":\"" + value + "\"}",
                        Map.of("Authorization", bearer, "Content-Type", "application/json", "If-Match", etag))
                .statusCode();
    }

    private String operatorToken() throws IOException {
        return Files.readString(dataDirectory.resolve("operator.token")).strip();
    }
}
