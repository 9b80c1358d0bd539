package dev.sluice.service.thread;

import static dev.sluice.service.thread.EventReader.json;
import static dev.sluice.service.thread.EventReader.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.service.provider.FakeReply;
import dev.sluice.service.store.TemporaryDatabase;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class MessageStreamTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private ChatServer chat;
    private String thread;

    @BeforeEach
    void start() {
        chat = new ChatServer(temporary.db());
        thread = chat.thread();
    }

    @AfterEach
    void stop() {
        temporary.commitsFail(false);
        chat.close();
    }

    @Test
    @DisplayName("C14 a stream is ping, router, meta, deltas, done; ids begin at the first delta and are dense")
    void orderAndIds() throws Exception {
        chat.upstream.reply(FakeReply.streaming("a", "b", "c"));
        try (EventReader stream = chat.stream(thread, "hi", "X-Request-Id", "mine-1")) {
            List<SseEvent> events = stream.readAll();

            String flight = stream.header("Sluice-Flight");
            assertThat(types(events)).containsExactly("ping", "router", "meta", "delta", "delta", "delta", "done");
            assertThat(events)
                    .extracting(SseEvent::id)
                    .containsExactly("", "", "", flight + ":1", flight + ":2", flight + ":3", flight + ":4");
            assertThat(json(events.get(0))).isEmpty();
            JsonNode router = json(events.get(1));
            assertThat(router.path("provider").asText()).isEqualTo("openai");
            assertThat(router.path("thread_id").asText()).isEqualTo(thread);
            assertThat(router.path("request_id").asText()).isEqualTo("mine-1");
            assertThat(router.has("model") && router.has("reason")).isTrue();
            assertThat(router.has("simulated")).isFalse();
            JsonNode meta = json(events.get(2));
            assertThat(meta.path("type").asText()).isEqualTo("meta");
            assertThat(meta.path("ttft_ms").asDouble(-1)).isPositive();
            assertThat(meta.path("request_id").asText()).isEqualTo("mine-1");
            assertThat(events.get(3).data()).isEqualTo("{\"type\":\"delta\",\"delta\":\"a\"}");
            JsonNode done = json(events.get(6));
            assertThat(done.path("finish_reason").asText()).isEqualTo("stop");
            assertThat(done.path("usage").path("total_tokens").asInt()).isEqualTo(10);
            assertThat(done.has("stored")).isFalse();
        }
    }

    @Test
    @DisplayName("C14 ping and router come at once, long before the provider says a word")
    void pingAndRouterComeAtOnce() throws Exception {
        var silent = new CountDownLatch(1);
        chat.upstream.reply(FakeReply.words(1).heldBy(silent));
        try (EventReader stream = chat.stream(thread, "hi")) {
            assertThat(types(stream.readTo("router"))).containsExactly("ping", "router");
            assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-store, no-transform");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            silent.countDown();
            assertThat(types(stream.readAll())).containsExactly("meta", "delta", "done");
        }
    }

    @Test
    @DisplayName("C14 who joins in the middle gets the same events with the same ids")
    void followerGetsTheSameEvents() throws Exception {
        var more = new CountDownLatch(1);
        chat.upstream.reply(FakeReply.words(4).heldAfter(2, more));
        try (EventReader leader = chat.stream(thread, "hi")) {
            List<SseEvent> led = leader.readTo("delta");
            try (EventReader follower = chat.stream(thread, "hi")) {
                List<SseEvent> followed = follower.readTo("delta");
                more.countDown();
                led.addAll(leader.readAll());
                followed.addAll(follower.readAll());

                assertThat(leader.header("Sluice-Role")).isEqualTo("leader");
                assertThat(follower.header("Sluice-Role")).isEqualTo("follower");
                assertThat(shared(followed)).isEqualTo(shared(led)).hasSize(5);
                assertThat(types(followed).subList(0, 3)).containsExactly("ping", "router", "meta");
                assertThat(json(followed.get(1)).path("request_id"))
                        .isNotEqualTo(json(led.get(1)).path("request_id"));
            }
        }
        assertThat(chat.upstream.calls()).isOne();
    }

    @Test
    @DisplayName("C15 a stream may join a plain request's flight and be given its kept result")
    void streamSharesWithPlain() throws Exception {
        var answering = new CountDownLatch(1);
        chat.upstream.reply(FakeReply.words(2).heldBy(answering));
        var plain = chat.asking(thread, "hi");
        chat.awaitListeners(1);
        try (EventReader joined = chat.stream(thread, "hi")) {
            answering.countDown();
            List<SseEvent> events = joined.readAll();
            try (EventReader reused = chat.stream(thread, "hi")) {
                assertThat(shared(reused.readAll())).isEqualTo(shared(events));
                assertThat(reused.header("Sluice-Role")).isEqualTo("reused");
                assertThat(reused.header("Sluice-Age-Ms")).isEqualTo("0");
            }
            assertThat(EventReader.text(events))
                    .isEqualTo(ChatServer.turn(plain.get()).assistantMessage().content());
        }
        assertThat(chat.upstream.calls()).isOne();
    }

    @Test
    @DisplayName("C17 a cut upstream ends in error, never in done")
    void cutUpstream() throws Exception {
        chat.upstream.reply(FakeReply.words(2).ending(FakeReply.Ending.CUT));
        try (EventReader stream = chat.stream(thread, "hi")) {
            List<SseEvent> events = stream.readAll();

            assertThat(types(events)).containsExactly("ping", "router", "meta", "delta", "delta", "error");
            JsonNode error = json(events.getLast());
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.path("error").asText()).isNotBlank();
            assertThat(error.path("status").asInt()).isEqualTo(502);
            assertThat(events.getLast().id()).isEqualTo(stream.header("Sluice-Flight") + ":3");
        }
        assertThat(chat.metrics.report(ChatServer.ORG, 10).errors().total()).isOne();
    }

    @Test
    @DisplayName("C9 X2 a failure before the first text is error without meta, and tells no secret")
    void failedAtOnce() throws Exception {
        chat.upstream.reply(FakeReply.error(401, "invalid_api_key", "Incorrect API key provided: sk-secret-0123"));
        try (EventReader stream = chat.stream(thread, "hi")) {
            List<SseEvent> events = stream.readAll();

            assertThat(stream.status()).isEqualTo(200);
            assertThat(types(events)).containsExactly("ping", "router", "error");
            assertThat(events.getLast().data()).doesNotContain("sk-secret").contains("\"status\":502");
        }
    }

    @Test
    @DisplayName("C23 a stream whose turn could not be stored ends in done with stored=false")
    void unstoredTurnIsTold() throws Exception {
        temporary.commitsFail(true);
        try (EventReader stream = chat.stream(thread, "hi")) {
            JsonNode done = json(stream.readAll().getLast());
            assertThat(done.path("stored").isBoolean()).isTrue();
            assertThat(done.path("stored").booleanValue()).isFalse();
        }
        temporary.commitsFail(false);
        try (EventReader stream = chat.stream(thread, "hi")) {
            assertThat(json(stream.readAll().getLast()).has("stored")).isFalse();
        }
    }

    @Test
    @DisplayName("C23 a plain answer whose turn could not be stored says so in meta")
    void unstoredPlainTurnIsTold() throws Exception {
        temporary.commitsFail(true);

        var answer = chat.ask(thread, "hi");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ChatServer.turn(answer).userMessage().meta().stored()).isFalse();
        assertThat(ChatServer.turn(answer).assistantMessage().meta().stored()).isFalse();
    }

    @Test
    void simulatedAnswersSaySo() throws Exception {
        String body = "{\"content\":\"hi\",\"provider\":\"mock\"}";
        var plain = chat.post(ChatServer.ORG, ChatServer.messages(thread), body);
        var stream = chat.post(ChatServer.ORG, ChatServer.messages(thread) + "/stream", body);

        assertThat(ChatServer.turn(plain).assistantMessage().meta().simulated()).isTrue();
        assertThat(stream.body().lines().filter(line -> line.contains("\"simulated\":true")))
                .hasSize(2); // router and done
    }

    @Test
    @DisplayName("C12 C21 without fan-out every stream calls by itself and says why, plain requests share on")
    void fanOutSwitchedOff() throws Exception {
        chat.policy.streamsEnabled = false;
        try (EventReader stream = chat.stream(thread, "hi")) {
            assertThat(stream.header("Sluice-Role")).isEqualTo("bypass");
            assertThat(stream.header("Sluice-Bypass-Reason")).isEqualTo("stream-disabled");
            stream.readAll();
        }
        chat.ask(thread, "hi");

        assertThat(ChatServer.header(chat.ask(thread, "hi"), "Sluice-Role")).isEqualTo("reused");
        chat.policy.enabled = false;
        var alone = chat.ask(thread, "hi");
        assertThat(ChatServer.header(alone, "Sluice-Role")).isEqualTo("bypass");
        assertThat(ChatServer.header(alone, "Sluice-Bypass-Reason")).isEqualTo("disabled");
        assertThat(chat.upstream.calls()).isEqualTo(3);
    }

    /// What all listeners of a flight get alike.
    private static List<SseEvent> shared(List<SseEvent> events) {
        return events.stream().filter(event -> !event.id().isEmpty()).toList();
    }
}
