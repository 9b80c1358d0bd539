package dev.sluice.service.refactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.service.http.Until;
import dev.sluice.service.provider.FakeReply;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.store.TemporaryDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
final class RefactorServiceTest {
    private static final PacerLimits ONE_SLOT = new PacerLimits(1_000, 1_000, 1, Duration.ofHours(1), 1_000);

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final CountDownLatch gate = new CountDownLatch(1);
    private RefactorServer server;

    @BeforeEach
    void open() {
        server = new RefactorServer(temporary.db(), ONE_SLOT);
    }

    @AfterEach
    void close() {
        gate.countDown();
        server.close();
    }

    @Test
    @DisplayName("C21 stop: new jobs get 503, waiting calls end at once, a call that is answered has its grace")
    void stopEndsCalls() throws Exception {
        JsonNode asked = server.begin("Split the parser", "interactive");
        server.await(asked, "paused");
        server.upstream.reply(FakeReply.words(3).heldAfter(1, gate));
        JsonNode calling = server.begin("Split the parser", "autonomous");
        server.upstream.awaitCalls(2);
        JsonNode waiting = server.begin("Split the parser", "autonomous");
        Until.holds(
                "planning", () -> server.status(waiting).path("stage").asText().equals("planning"));

        server.callsAllowed = false;
        server.service.outboundChanged();

        assertThat(server.await(waiting, "failed").path("message").asText()).contains("stopped calls");
        assertThat(server.status(calling).path("status").asText()).isEqualTo("running");
        assertThat(server.status(asked).path("status").asText()).isEqualTo("paused");
        HttpResponse<String> refused = server.post("/api/refactor", RefactorServer.body("Rename", "autonomous"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(server.begin("hello", "autonomous").path("session_id").asText())
                .isNotEmpty();

        server.clock.advance(RefactorServer.LIMITS.stopGrace());
        assertThat(server.await(calling, "failed").path("errors").get(0).asText())
                .contains("stopped calls");
        server.upstream.awaitAborted(1);
    }

    @Test
    @DisplayName("C18 a job's first call is refused over the org's budget; a later one waits for its turn")
    void budgetIsKept() throws Exception {
        server.perMinute.set(1);
        JsonNode begun = server.begin("Split the parser", "autonomous");
        HttpResponse<String> refused = server.post("/api/refactor", RefactorServer.body("Rename", "autonomous"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("60");
        // the job's time-out and its wait for the narration's call
        Until.holds("the wait", () -> server.clock.pending() == 2);
        assertThat(server.upstream.calls()).isEqualTo(1);

        server.clock.advance(Duration.ofSeconds(60));

        server.await(begun, "completed");
        assertThat(server.upstream.calls()).isEqualTo(2);
    }

    @Test
    @DisplayName("C18 a call that was never made costs the org nothing")
    void unmadeCallIsRefunded() throws Exception {
        server.perMinute.set(2);
        server.upstream.reply(FakeReply.words(3).heldBy(gate));
        server.begin("Split the parser", "autonomous");
        server.upstream.awaitCalls(1);
        JsonNode waiting = server.begin("Split the parser", "autonomous");

        server.delete(RefactorServer.path(waiting));

        Until.holds(
                "the refund",
                () -> server.post("/api/refactor", RefactorServer.body("Rename", "autonomous"))
                                .statusCode()
                        == 200);
    }

    @Test
    @DisplayName("C22 too many jobs of one org, or of all, are refused; an end makes room")
    void jobsAreCapped() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.await(server.begin("Split the parser", "interactive"), "paused");
        }
        var body = RefactorServer.body("Split the parser", "interactive");
        assertThat(server.post("/api/refactor", body).statusCode()).isEqualTo(429);
        JsonNode fourth = RefactorServer.json(server.post("/api/refactor", body, "x-org-id", "other"));
        assertThat(server.post("/api/refactor", body, "x-org-id", "third").statusCode())
                .isEqualTo(503);

        server.delete(RefactorServer.path(fourth), "x-org-id", "other");

        assertThat(server.post("/api/refactor", body, "x-org-id", "third").statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("R3 what a job came to is told the same after a restart")
    void endIsToldAfterARestart() throws Exception {
        JsonNode completed = server.begin("Split the parser", "autonomous");
        server.await(completed, "completed");
        server.upstream.reply(FakeReply.error(401, "invalid_api_key", "no such key"));
        JsonNode failed = server.begin("Split the parser", "autonomous");
        server.await(failed, "failed");
        JsonNode before = server.status(completed);
        JsonNode failure = server.status(failed);
        drain(completed);
        drain(failed);

        restart();

        assertThat(server.status(completed)).isEqualTo(before);
        assertThat(server.status(failed)).isEqualTo(failure);
        assertThat(server.confirm(completed, "plan", Map.of("action", "approve"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.delete(RefactorServer.path(completed)).statusCode()).isEqualTo(409);
    }

    @Test
    @DisplayName("R14 a job under way when the service stops ends in an error, seen before and after the restart")
    void stopEndsJobsTruthfully() throws Exception {
        JsonNode begun = server.begin("Split the parser", "interactive");
        server.await(begun, "paused");
        server.service.close();
        SseEvent end = drain(begun).getLast();
        assertThat(end.type()).isEqualTo("error");
        assertThat(EventStream.json(end).path("session_id").asText()).isEqualTo(RefactorServer.id(begun));
        assertThat(server.post("/api/refactor", RefactorServer.body("Rename", "autonomous"))
                        .statusCode())
                .isEqualTo(503);

        restart();

        JsonNode status = server.status(begun);
        assertThat(status.path("status").asText()).isEqualTo("failed");
        assertThat(status.path("errors").get(0).asText()).contains("The service stops");
        assertThat(status.path("progress").asDouble()).isEqualTo(0.5);
    }

    @Test
    @DisplayName("R14 a sick store ends the job, which says so; nothing is left waiting")
    void sickStoreEndsTheJob() throws Exception {
        JsonNode begun = server.begin("Split the parser", "interactive");
        server.await(begun, "paused");
        temporary.commitsFail(true);

        server.confirm(begun, "plan", Map.of("action", "modify", "modifications", "x"));

        assertThat(server.await(begun, "failed").path("errors").get(0).asText()).contains("could not be stored");
        Until.holds("no job", () -> server.service.running() == 0);
        temporary.commitsFail(false);
    }

    private List<SseEvent> drain(JsonNode begun) throws Exception {
        try (var events = server.events(begun)) {
            return events.readAll();
        }
    }

    private void restart() {
        server.close();
        server = new RefactorServer(temporary.reopen());
    }
}
