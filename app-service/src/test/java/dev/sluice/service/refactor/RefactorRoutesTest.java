package dev.sluice.service.refactor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.service.http.Until;
import dev.sluice.service.provider.FakeReply;
import dev.sluice.service.store.TemporaryDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class RefactorRoutesTest {
    private static final Map<String, ?> APPROVE = Map.of("action", "approve");

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final CountDownLatch gate = new CountDownLatch(1);
    private RefactorServer server;

    @BeforeEach
    void open() {
        server = new RefactorServer(temporary.db());
    }

    @AfterEach
    void close() {
        gate.countDown();
        server.close();
    }

    @Test
    @DisplayName("R1 a greeting is over at once, and who connects late reads it from the buffer")
    void greetingWaitsForLateReaders() throws Exception {
        JsonNode begun = server.begin("hello", "interactive-detailed");
        assertThat(RefactorServer.id(begun)).matches("session_20260101_000000_[0-9a-f]{8}");
        assertThat(begun.path("status").asText()).isEqualTo("running");
        server.await(begun, "completed");
        server.clock.advance(Duration.ofSeconds(2));

        try (var events = server.events(begun)) {
            List<SseEvent> all = events.readAll();

            assertThat(all).extracting(SseEvent::type).containsExactly("progress", "complete");
            JsonNode greeting = EventStream.json(all.getFirst());
            assertThat(greeting.path("message").asText()).contains("Hello").contains("Sluice");
            assertThat(greeting.path("status").asText()).isEqualTo("completed");
            JsonNode end = EventStream.json(all.getLast());
            assertThat(end.path("success").asBoolean()).isTrue();
            assertThat(end.path("session_id").asText()).isEqualTo(RefactorServer.id(begun));
            assertThat(end.path("stage").asText()).isEqualTo("complete");
            assertThat(end.path("progress").asDouble()).isEqualTo(1);
        }
        assertThat(server.upstream.calls()).isZero();
    }

    @Test
    @DisplayName("R1 what the provider says is what the events say, also to those who come after the end")
    void stagesAreReallyPerformed() throws Exception {
        String planned = UUID.randomUUID().toString();
        String told = UUID.randomUUID().toString();
        server.upstream.next(FakeReply.streaming("1. Step ", planned), FakeReply.streaming("In short: ", told));

        JsonNode begun = server.begin("Split the parser", "autonomous");
        server.await(begun, "completed");

        try (var events = server.events(begun)) {
            List<SseEvent> all = events.readAll();
            List<JsonNode> shown = json(all);
            assertThat(shown)
                    .anyMatch(event -> event.path("data").path("plan").asText().equals("1. Step " + planned));
            assertThat(shown).anyMatch(event -> event.path("message").asText().equals("In short: " + told));
            assertThat(shown.subList(0, shown.size() - 1))
                    .extracting(event -> event.path("stage").asText())
                    .containsExactly("intake", "planning", "planning", "narration", "narration", "complete");
            JsonNode result = shown.getLast().path("result");
            assertThat(result.path("plan").asText()).contains(planned);
            assertThat(result.path("narration").asText()).contains(told);
            assertThat(result.path("performed").toString()).isEqualTo("[\"planning\",\"narration\"]");
            assertThat(shown.getLast().path("warnings").toString()).contains("cloned, changed, validated and pushed");
        }
        assertThat(server.upstream.received())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.body())
                        .contains("Split the parser", "https://github.com/acme/parser")
                        .doesNotContain("ghp_0123456789secret"));
    }

    @Test
    @DisplayName("R3 readers with different cursors never influence each other; a resumed one has no gap and no double")
    void readersAreApart() throws Exception {
        server.upstream.reply(FakeReply.words(3).heldAfter(1, gate));
        JsonNode begun = server.begin("Split the parser", "autonomous");
        List<SseEvent> cut;
        try (var first = server.events(begun)) { // at once, and cut
            cut = first.read(2);
        }
        gate.countDown();
        server.await(begun, "completed");

        List<SseEvent> whole;
        List<SseEvent> rest;
        List<SseEvent> tail;
        try (var all = server.events(begun);
                var resumed = server.events(begun, "Last-Event-ID", id(cut.getLast()));
                var late = server.stream(
                        RefactorServer.path(begun) + "/sse?last_event_id=" + RefactorServer.id(begun) + "%3A4")) {
            whole = all.readAll();
            rest = resumed.readAll();
            tail = late.readAll();
        }

        var joined = new ArrayList<>(cut);
        joined.addAll(rest);
        assertThat(joined).isEqualTo(whole);
        assertThat(tail).isEqualTo(whole.subList(4, whole.size()));
        assertThat(whole).extracting(SseEvent::type).last().isEqualTo("complete");
    }

    @Test
    @DisplayName("R4 finished and at the end: 204; a foreign or broken cursor: reset and all; JSON: a page")
    void cursorRules() throws Exception {
        JsonNode begun = server.begin("hello", "autonomous");
        server.await(begun, "completed");
        String sse = RefactorServer.path(begun) + "/sse";
        try (var events = server.events(begun)) {
            events.readAll(); // the end is durable now
        }

        assertThat(server.get(sse, "Last-Event-ID", RefactorServer.id(begun) + ":2")
                        .statusCode())
                .isEqualTo(204);
        try (var reset = server.events(begun, "Last-Event-ID", "session_other:1")) {
            assertThat(reset.readAll()).extracting(SseEvent::type).containsExactly("reset", "progress", "complete");
        }
        JsonNode page = RefactorServer.json(server.get(sse + "?after=1&limit=5", "Accept", "application/json"));
        assertThat(page.path("events")).hasSize(1);
        assertThat(page.path("ended").asBoolean()).isTrue();
    }

    @Test
    void disconnectNeverCancels() throws Exception {
        server.upstream.reply(FakeReply.words(3).heldBy(gate));
        JsonNode begun = server.begin("Split the parser", "autonomous");
        try (var events = server.events(begun)) {
            events.read(2);
        }
        server.upstream.awaitCalls(1);
        gate.countDown();

        assertThat(server.await(begun, "completed", "failed", "cancelled")
                        .path("status")
                        .asText())
                .isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"interactive", "interactive-detailed"})
    @DisplayName("R14 the plan is confirmed once; the second confirmation gets 409, one that nothing awaits 400")
    void planIsConfirmed(String mode) throws Exception {
        JsonNode begun = server.begin("Split the parser", mode);
        JsonNode paused = server.await(begun, "paused");
        assertThat(paused.path("stage").asText()).isEqualTo("awaiting_plan_confirmation");
        assertThat(paused.path("awaiting_confirmation").asBoolean()).isTrue();
        assertThat(paused.path("confirmation_data").path("plan").asText()).isEqualTo("w0 w1 w2 ");
        assertThat(server.upstream.calls()).isEqualTo(1);

        assertThat(server.confirm(begun, "push", APPROVE).statusCode()).isEqualTo(400);
        assertThat(server.confirm(begun, "validation", Map.of("validation_mode", "full"))
                        .statusCode())
                .isEqualTo(400);
        HttpResponse<String> confirmed = server.confirm(begun, "plan", APPROVE);

        assertThat(confirmed.statusCode()).isEqualTo(200);
        assertThat(server.confirm(begun, "plan", APPROVE).statusCode()).isEqualTo(409);
        assertThat(server.await(begun, "completed")
                        .path("result")
                        .path("narration")
                        .asText())
                .isEqualTo("w0 w1 w2 ");
        assertThat(server.delete(RefactorServer.path(begun)).statusCode()).isEqualTo(409);
    }

    @Test
    void planIsModifiedUntilItIsApproved() throws Exception {
        server.upstream.next(
                FakeReply.streaming("first plan"), FakeReply.streaming("second plan"), FakeReply.streaming("story"));
        JsonNode begun = server.begin("Split the parser", "interactive");
        server.await(begun, "paused");

        HttpResponse<String> modified =
                server.confirm(begun, "plan", Map.of("action", "modify", "modifications", "smaller steps"));
        assertThat(modified.statusCode()).isEqualTo(200);
        Until.holds(
                "the second plan",
                () -> server.status(begun)
                        .path("confirmation_data")
                        .path("plan")
                        .asText()
                        .equals("second plan"));
        assertThat(server.upstream.received().get(1).body()).contains("smaller steps", "first plan");
        server.confirm(begun, "plan", Map.of("action", "approve", "user_response", "looks fine"));

        JsonNode result = server.await(begun, "completed").path("result");
        assertThat(result.path("plan").asText()).isEqualTo("second plan");
        assertThat(result.path("narration").asText()).isEqualTo("story");
        assertThat(server.upstream.received().get(2).body()).contains("looks fine");
    }

    @Test
    void refusedPlanCancelsTheJob() throws Exception {
        JsonNode begun = server.begin("Split the parser", "interactive");
        server.await(begun, "paused");

        HttpResponse<String> refused = server.confirm(begun, "plan", Map.of("action", "cancel"));

        assertThat(RefactorServer.json(refused).path("status").asText()).isEqualTo("cancelled");
        JsonNode end = end(begun, "complete");
        assertThat(end.path("success").asBoolean()).isFalse();
        assertThat(end.path("status").asText()).isEqualTo("cancelled");
        assertThat(server.upstream.calls()).isEqualTo(1);
    }

    @Test
    void cancelAbortsTheCallAtOnce() throws Exception {
        server.upstream.reply(FakeReply.words(3).heldAfter(1, gate));
        JsonNode begun = server.begin("Split the parser", "autonomous");
        server.upstream.awaitCalls(1);

        HttpResponse<String> cancelled = server.delete(RefactorServer.path(begun));

        assertThat(cancelled.statusCode()).isEqualTo(200);
        server.upstream.awaitAborted(1);
        assertThat(end(begun, "complete").path("status").asText()).isEqualTo("cancelled");
        assertThat(server.sessions
                        .find(RefactorServer.id(begun))
                        .orElseThrow()
                        .view()
                        .outcome())
                .isEqualTo("cancelled");
        assertThat(server.delete(RefactorServer.path(begun)).statusCode()).isEqualTo(409);
    }

    @Test
    @DisplayName("R14 nobody confirms: at timeout_seconds the job fails and says why; a confirmation then is too late")
    void confirmationTimesOut() throws Exception {
        JsonNode begun = server.begin(
                RefactorServer.body("Split the parser", "interactive").put("timeout_seconds", 60));
        server.await(begun, "paused");

        server.clock.advance(Duration.ofSeconds(60).minusMillis(1));
        assertThat(server.status(begun).path("status").asText()).isEqualTo("paused");
        server.clock.advance(Duration.ofMillis(1));

        assertThat(server.confirm(begun, "plan", APPROVE).statusCode()).isEqualTo(409);
        JsonNode end = end(begun, "complete");
        assertThat(end.path("success").asBoolean()).isFalse();
        assertThat(end.path("status").asText()).isEqualTo("failed");
        assertThat(end.path("message").asText()).contains("Nobody confirmed the plan", "(60)");
        assertThat(end.path("elapsed_time_ms").asLong()).isEqualTo(60_000);
    }

    @Test
    void workTimesOut() throws Exception {
        server.upstream.reply(FakeReply.words(3).heldBy(gate));
        JsonNode begun = server.begin(
                RefactorServer.body("Split the parser", "autonomous").put("timeout_seconds", 61));
        server.upstream.awaitCalls(1);

        server.clock.advance(Duration.ofSeconds(61));

        server.upstream.awaitAborted(1);
        assertThat(end(begun, "complete").path("message").asText()).contains("stopped in stage planning");
    }

    @Test
    void failingProviderIsToldAsItIs() throws Exception {
        server.upstream.reply(FakeReply.error(401, "invalid_api_key", "no such key"));

        JsonNode begun = server.begin("Split the parser", "autonomous");

        JsonNode end = end(begun, "complete");
        assertThat(end.path("success").asBoolean()).isFalse();
        assertThat(end.path("stage").asText()).isEqualTo("failed");
        assertThat(end.path("errors").get(0).asText()).contains("planning").contains("provider failed");
        assertThat(end.path("result").isNull()).isTrue();
        assertThat(server.status(begun).path("errors")).isEqualTo(end.path("errors"));
    }

    @Test
    void failedCallsAreRetriedAndCounted() throws Exception {
        server.upstream.next(FakeReply.error(500, "oops", "oops"));
        JsonNode begun = server.begin(
                RefactorServer.body("Split the parser", "autonomous").put("max_retries", 1));
        // the time-out and the pause before the retry
        Until.holds("the pause", () -> server.clock.pending() == 2);

        server.clock.advance(Duration.ofSeconds(1));

        assertThat(server.await(begun, "completed").path("retry_count").asInt()).isEqualTo(1);
        assertThat(server.upstream.calls()).isEqualTo(3);
    }

    @Test
    @DisplayName("X8 another tenant's job is not found, to whatever is done with it")
    void tenantsAreApart() throws Exception {
        JsonNode begun = server.begin("Split the parser", "interactive");
        server.await(begun, "paused");
        String path = RefactorServer.path(begun);
        String[] other = {"x-org-id", "other"};

        assertThat(List.of(
                        server.get(path, other).statusCode(),
                        server.get(path + "/sse", other).statusCode(),
                        server.post(path + "/confirm-plan", APPROVE, other).statusCode(),
                        server.post(path + "/confirm-push", APPROVE, other).statusCode(),
                        server.delete(path, other).statusCode(),
                        server.get("/api/refactor/session_20260101_000000_ffffffff")
                                .statusCode()))
                .containsOnly(404);

        assertThat(server.status(begun).path("status").asText()).isEqualTo("paused");
    }

    @Test
    @DisplayName("X8 a ticket opens its own job's events, reads only, and a late client may do without it")
    void ticketOpensOneStream() throws Exception {
        JsonNode begun = server.begin("hello", "autonomous");
        JsonNode another = server.begin("hello", "autonomous");
        String url = begun.path("sse_url").asText();
        assertThat(url).startsWith(RefactorServer.path(begun) + "/sse?ticket=tkt_");
        String ticket = url.substring(url.indexOf('?'));

        try (var events = server.browse(url)) {
            assertThat(events.readAll()).extracting(SseEvent::type).containsExactly("progress", "complete");
        }
        try (var foreign = server.browse(RefactorServer.path(another) + "/sse" + ticket)) {
            assertThat(foreign.response.statusCode()).isEqualTo(401);
        }
        try (var worthless = server.stream(RefactorServer.path(begun) + "/sse?ticket=tkt_worthless")) {
            assertThat(worthless.readAll()).extracting(SseEvent::type).containsExactly("progress", "complete");
        }
        assertThat(server.get(RefactorServer.path(begun) + ticket, "x-org-id", "other")
                        .statusCode())
                .isEqualTo(404);
    }

    private JsonNode end(JsonNode begun, String type) throws Exception {
        try (var events = server.events(begun)) {
            List<SseEvent> all = events.readAll();
            assertThat(all.getLast().type()).isEqualTo(type);
            return EventStream.json(all.getLast());
        }
    }

    private static List<JsonNode> json(List<SseEvent> events) throws Exception {
        var nodes = new ArrayList<JsonNode>();
        for (SseEvent event : events) {
            nodes.add(EventStream.json(event));
        }
        return nodes;
    }

    private static String id(SseEvent event) {
        return String.valueOf(event.id());
    }
}
