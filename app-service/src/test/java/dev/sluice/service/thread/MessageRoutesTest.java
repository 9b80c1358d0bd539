package dev.sluice.service.thread;

import static dev.sluice.service.thread.EventReader.json;
import static dev.sluice.service.thread.EventReader.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.service.provider.FakeReply;
import dev.sluice.service.store.TemporaryDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class MessageRoutesTest {
    private static final String KEY = "Idempotency-Key";

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
        chat.close();
    }

    @Test
    @DisplayName("C1 identical requests at once are one call and one turn: 1 leader, the others followers")
    void burstIsOneCall() throws Exception {
        var answering = new CountDownLatch(1);
        chat.upstream.reply(FakeReply.words(3).heldBy(answering));
        var burst = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 50; i++) {
            burst.add(chat.asking(thread, "hi"));
        }
        chat.awaitListeners(50);
        answering.countDown();

        var roles = new ArrayList<String>();
        for (var one : burst) {
            assertThat(one.get().statusCode()).isEqualTo(200);
            assertThat(ChatServer.turn(one.get()).assistantMessage().content()).isEqualTo("w0 w1 w2 ");
            roles.add(ChatServer.header(one.get(), "Sluice-Role"));
        }
        assertThat(roles).filteredOn("leader"::equals).hasSize(1);
        assertThat(roles).filteredOn("follower"::equals).hasSize(49);
        assertThat(chat.upstream.calls()).isOne();
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    @DisplayName("C7 past its own Request-Timeout a caller leaves with 504, nobody else notices")
    void ownDeadline() throws Exception {
        var answering = new CountDownLatch(1);
        chat.upstream.reply(FakeReply.words(1).heldBy(answering));
        var patient = chat.asking(thread, "hi");
        chat.awaitListeners(1);

        var hasty = chat.ask(thread, "hi", "Request-Timeout", "1");

        assertThat(hasty.statusCode()).isEqualTo(504);
        assertThat(ChatServer.detail(hasty)).contains("1 s");
        assertThat(hasty.headers().firstValue("Content-Type")).contains("application/problem+json");
        answering.countDown();
        assertThat(patient.get().statusCode()).isEqualTo(200);
        assertThat(chat.upstream.calls()).isOne();
        assertThat(chat.upstream.aborted()).isZero();
    }

    @Test
    @DisplayName("C6 C7 the last caller's deadline ends the call")
    void lastCallersDeadline() throws Exception {
        chat.upstream.reply(FakeReply.words(1).heldBy(new CountDownLatch(1)));

        assertThat(chat.ask(thread, "hi", "Request-Timeout", "1").statusCode()).isEqualTo(504);

        chat.upstream.awaitAborted(1);
        chat.awaitLanded();
        assertThat(messages()).isZero();
    }

    @Test
    @DisplayName("C7 a stream past its deadline ends in an error that says 504")
    void streamsDeadline() throws Exception {
        chat.upstream.reply(FakeReply.words(3).heldAfter(1, new CountDownLatch(1)));
        try (EventReader stream = chat.stream(thread, "hi", "Request-Timeout", "1")) {
            List<SseEvent> events = stream.readAll();

            assertThat(types(events)).containsExactly("ping", "router", "meta", "delta", "error");
            assertThat(json(events.getLast()).path("status").asInt()).isEqualTo(504);
        }
        chat.awaitListeners(0);
        assertThat(chat.metrics.recent(1).getFirst().status()).isEqualTo(504);
    }

    @Test
    @DisplayName("C13 the same key and body is one turn, also long after and in the other form")
    void sameKeyIsOneTurn() throws Exception {
        var first = chat.ask(thread, "yes", KEY, "k1");
        chat.clock.advance(Duration.ofHours(23));

        var again = chat.ask(thread, "yes", KEY, "k1");
        try (EventReader streamed = chat.stream(thread, "yes", KEY, "k1")) {
            List<SseEvent> events = streamed.readAll();
            String answer = ChatServer.turn(first).assistantMessage().id();

            assertThat(types(events)).containsExactly("ping", "router", "meta", "delta", "done");
            assertThat(events.get(3).id()).isEqualTo(answer + ":1");
            assertThat(events.get(4).id()).isEqualTo(answer + ":2");
            assertThat(EventReader.text(events))
                    .isEqualTo(ChatServer.turn(first).assistantMessage().content());
        }
        assertThat(ChatServer.turn(again).assistantMessage().id())
                .isEqualTo(ChatServer.turn(first).assistantMessage().id());
        assertThat(ChatServer.header(again, "Sluice-Role")).isEqualTo("reused");
        assertThat(chat.upstream.calls()).isOne();
        assertThat(messages()).isEqualTo(2);
    }

    @Test
    @DisplayName("C13 different keys are different turns, at once and after; another body is 422")
    void differentKeysAreDifferentTurns() throws Exception {
        var answering = new CountDownLatch(1);
        chat.upstream.reply(FakeReply.words(1).heldBy(answering));
        var one = chat.asking(thread, "yes", KEY, "k1");
        var same = chat.asking(thread, "yes", KEY, "k1");
        var other = chat.asking(thread, "yes", KEY, "k2");
        var without = chat.asking(thread, "yes");
        chat.awaitListeners(4);
        var conflict = chat.ask(thread, "no", KEY, "k1");
        answering.countDown();

        assertThat(conflict.statusCode()).isEqualTo(422);
        assertThat(Json.mapper().readTree(conflict.body()).path("field").asText())
                .isEqualTo(KEY);
        assertThat(List.of(answerId(one), answerId(other), answerId(without))).doesNotHaveDuplicates();
        assertThat(answerId(same)).isEqualTo(answerId(one));
        assertThat(chat.upstream.calls()).isEqualTo(3);
        assertThat(messages()).isEqualTo(6);
        assertThat(chat.ask(thread, "no", KEY, "k1").statusCode()).isEqualTo(422);
    }

    @Test
    @DisplayName("C12 C13 a key is kept although the request asks for no-cache and sharing is off")
    void keyWinsOverBypass() throws Exception {
        chat.policy.enabled = false;
        var first = chat.ask(thread, "yes", KEY, "k1", "Cache-Control", "no-cache");
        var again = chat.ask(thread, "yes", KEY, "k1", "Cache-Control", "no-cache");

        assertThat(ChatServer.turn(again).assistantMessage().id())
                .isEqualTo(ChatServer.turn(first).assistantMessage().id());
        assertThat(chat.upstream.calls()).isOne();
    }

    @Test
    @DisplayName("C9 a shareable failure is kept two seconds with its Retry-After minus its age, then asked anew")
    void failureIsKept() throws Exception {
        chat.upstream.next(FakeReply.error(429, "rate_limit", "slow down").withHeader("Retry-After", "7"));

        var first = chat.ask(thread, "hi");
        chat.awaitLanded();
        chat.clock.advance(Duration.ofMillis(1_999));
        var kept = chat.ask(thread, "hi");
        chat.clock.advance(Duration.ofMillis(2));
        var anew = chat.ask(thread, "hi");

        assertThat(List.of(first.statusCode(), kept.statusCode(), anew.statusCode()))
                .containsExactly(429, 429, 200);
        assertThat(ChatServer.header(first, "Retry-After")).isEqualTo("7");
        assertThat(ChatServer.header(kept, "Retry-After")).isEqualTo("6");
        assertThat(ChatServer.header(kept, "Sluice-Role")).isEqualTo("reused");
        assertThat(chat.upstream.calls()).isEqualTo(2);
    }

    @Test
    @DisplayName("X8 another tenant's thread is 404 and costs nothing")
    void foreignThread() throws Exception {
        var foreign = chat.post("globex", ChatServer.messages(thread), ChatServer.body("hi"));
        var unknown = chat.post("globex", ChatServer.messages("nowhere"), ChatServer.body("hi"), KEY, "k");

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(ChatServer.detail(foreign)).isEqualTo(ChatServer.detail(unknown));
        assertThat(chat.upstream.calls()).isZero();
        assertThat(chat.metrics.report("globex", 10).coalesce().rejected()).isEqualTo(2);
        assertThat(chat.metrics.report(ChatServer.ORG, 10).totalRequests()).isZero();
    }

    @Test
    void providerThatIsNotConfiguredIs400() throws Exception {
        var answer =
                chat.post(ChatServer.ORG, ChatServer.messages(thread), "{\"content\":\"hi\",\"provider\":\"gemini\"}");
        JsonNode problem = Json.mapper().readTree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(problem.path("field").asText()).isEqualTo("provider");
        assertThat(problem.path("detail").asText()).contains("GEMINI_API_KEY");
    }

    @Test
    @DisplayName("C6 X8 a request is cancelled by its own tenant only")
    void cancelledByItsTenantOnly() throws Exception {
        var answering = new CountDownLatch(1);
        chat.upstream.reply(FakeReply.words(1).heldBy(answering));
        var asked = chat.asking(thread, "hi", "X-Request-Id", "mine-1");
        chat.upstream.awaitCalls(1);
        while (chat.service.active().size() == 0) {
            Thread.onSpinWait();
        }

        var foreign = chat.post("globex", "/api/threads/cancel/mine-1", "{}");
        assertThat(foreign.body()).contains("not_found");
        assertThat(chat.coalescer.inAir()).hasSize(1);

        var own = chat.post(ChatServer.ORG, "/api/threads/cancel/mine-1", "{}");
        assertThat(own.body()).contains("\"cancelled\"").contains("mine-1");
        assertThat(asked.get().statusCode()).isEqualTo(503);
        chat.upstream.awaitAborted(1);
        assertThat(chat.service.active().size()).isZero();
    }

    private int messages() {
        return chat.repository
                .find(ChatServer.ORG, thread)
                .orElseThrow()
                .messages()
                .size();
    }

    private static String answerId(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return ChatServer.turn(answer.get()).assistantMessage().id();
    }
}
