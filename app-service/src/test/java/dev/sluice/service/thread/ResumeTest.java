package dev.sluice.service.thread;

import static dev.sluice.service.thread.EventReader.json;
import static dev.sluice.service.thread.EventReader.types;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.sse.SseEvent;
import dev.sluice.service.provider.FakeReply;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.util.List;
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
class ResumeTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private ChatServer chat;
    private String thread;

    @BeforeEach
    void start() {
        chat = new ChatServer(temporary.db());
        thread = chat.thread();
        chat.upstream.reply(FakeReply.streaming("a", "b", "c"));
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    @Test
    @DisplayName("R1 resuming a finished stream gives exactly the rest, under the same ids, without a call")
    void resumesAFinishedFlight() throws Exception {
        List<SseEvent> whole;
        String flight;
        try (EventReader stream = chat.stream(thread, "hi")) {
            whole = stream.readAll().stream()
                    .filter(event -> !event.id().isEmpty())
                    .toList();
            flight = stream.header("Sluice-Flight");
        }

        for (int seen = 0; seen < whole.size(); seen++) {
            try (EventReader resumed = chat.stream(thread, "hi", "Last-Event-ID", flight + ":" + seen)) {
                List<SseEvent> events = resumed.readAll();

                assertThat(events.subList(events.size() - whole.size() + seen, events.size()))
                        .isEqualTo(whole.subList(seen, whole.size()));
                assertThat(types(events).subList(0, events.size() - whole.size() + seen))
                        .isEqualTo(seen == 0 ? List.of("ping", "router", "meta") : List.of("ping", "router"));
                assertThat(resumed.header("Sluice-Flight")).isEqualTo(flight);
                assertThat(resumed.header("Sluice-Role")).isEqualTo("reused");
            }
        }
        assertThat(chat.upstream.calls()).isOne();
        assertThat(chat.repository.find(ChatServer.ORG, thread).orElseThrow().messages())
                .hasSize(2);
    }

    @Test
    @DisplayName("C6 R1 a lost stream is resumed while the call goes on; the call is not made again")
    void resumesARunningFlight() throws Exception {
        var more = new CountDownLatch(1);
        chat.upstream.reply(FakeReply.words(4).heldAfter(2, more));
        SseEvent last;
        try (EventReader lost = chat.stream(thread, "hi")) {
            last = lost.readTo("delta").getLast();
        }
        chat.awaitLingering();

        try (EventReader resumed = chat.stream(thread, "hi", "Last-Event-ID", last.id())) {
            assertThat(resumed.header("Sluice-Role")).isEqualTo("follower");
            chat.clock.advance(Duration.ofSeconds(6)); // past the time the call lingers for nobody
            more.countDown();
            List<SseEvent> rest = resumed.readAll();

            assertThat(types(rest)).containsExactly("ping", "router", "delta", "delta", "delta", "done");
            assertThat(EventReader.text(rest)).isEqualTo("w1 w2 w3 ");
        }
        assertThat(chat.upstream.calls()).isOne();
        assertThat(chat.upstream.aborted()).isZero();
    }

    @Test
    @DisplayName("C6 a stream nobody resumes is aborted once it has lingered")
    void nobodyResumes() throws Exception {
        chat.upstream.reply(FakeReply.words(4).heldAfter(2, new CountDownLatch(1)));
        String id;
        try (EventReader lost = chat.stream(thread, "hi")) {
            id = lost.readTo("delta").getLast().id();
        }
        chat.awaitLingering();

        chat.clock.advance(Duration.ofSeconds(5));

        chat.upstream.awaitAborted(1);
        chat.awaitLanded();
        try (EventReader late = chat.stream(thread, "hi", "Last-Event-ID", id)) {
            assertThat(types(late.readAll())).endsWith("error").doesNotContain("done");
        }
        assertThat(chat.upstream.calls()).isOne();
    }

    @Test
    @DisplayName("R4 a cursor at the end of a finished stream is 204")
    void atTheEnd() throws Exception {
        SseEvent done;
        try (EventReader stream = chat.stream(thread, "hi")) {
            done = stream.readAll().getLast();
        }

        try (EventReader resumed = chat.stream(thread, "hi", "Last-Event-ID", done.id())) {
            assertThat(resumed.status()).isEqualTo(204);
            assertThat(resumed.readAll()).isEmpty();
        }
        assertThat(chat.upstream.calls()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody:1",
                "flight-999:0",
                "garbage",
                "1",
                "flight-1:",
                "flight-1:-1",
                "flight-1:01",
                "flight-1:99999999999999999999",
                ":3",
                "a b:1"
            })
    @DisplayName("R4 an unknown or unreadable cursor is 409 and never starts a call")
    void unknownCursor(String cursor) throws Exception {
        try (EventReader stream = chat.stream(thread, "hi", "Last-Event-ID", cursor)) {
            assertThat(stream.status()).isEqualTo(409);
            assertThat(stream.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(chat.upstream.calls()).isZero();
        assertThat(chat.metrics.totals().rejected()).isOne();
    }

    @Test
    @DisplayName("R4 a cursor beyond the end is told as reset, and everything follows")
    void futureCursor() throws Exception {
        String flight;
        try (EventReader stream = chat.stream(thread, "hi")) {
            stream.readAll();
            flight = stream.header("Sluice-Flight");
        }

        try (EventReader resumed = chat.stream(thread, "hi", "Last-Event-ID", flight + ":99")) {
            List<SseEvent> events = resumed.readAll();
            assertThat(types(events))
                    .containsExactly("ping", "router", "reset", "meta", "delta", "delta", "delta", "done");
            assertThat(json(events.get(2)).path("reason").asText()).isEqualTo("future");
        }
    }

    @Test
    @DisplayName("R4 X8 another tenant's or thread's stream cannot be resumed, nor told from one that is not there")
    void foreignFlight() throws Exception {
        String flight;
        try (EventReader stream = chat.stream(thread, "hi")) {
            stream.readAll();
            flight = stream.header("Sluice-Flight");
        }
        String mine = chat.thread("globex");

        var foreign = chat.post("globex", ChatServer.messages(mine) + "/stream", ChatServer.body("hi"), lastId(flight));
        var inForeignThread =
                chat.post("globex", ChatServer.messages(thread) + "/stream", ChatServer.body("hi"), lastId(flight));
        var unknown = chat.post("globex", ChatServer.messages(mine) + "/stream", ChatServer.body("hi"), lastId("f"));
        var otherThread = chat.post(
                ChatServer.ORG, ChatServer.messages(chat.thread()) + "/stream", ChatServer.body("hi"), lastId(flight));

        assertThat(List.of(foreign, inForeignThread, unknown, otherThread))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(409));
        assertThat(ChatServer.detail(foreign)).isEqualTo(ChatServer.detail(unknown));
        assertThat(ChatServer.detail(inForeignThread)).isEqualTo(ChatServer.detail(unknown));
        assertThat(foreign.headers().firstValue("Sluice-Flight")).isEmpty();
    }

    @Test
    @DisplayName("R4 a stream is resumed from its stored session once the flight is forgotten, byte for byte")
    void resumesFromTheStoredSession() throws Exception {
        List<SseEvent> whole;
        try (EventReader stream = chat.stream(thread, "hi")) {
            whole = stream.readAll();
        }
        chat.awaitLanded();
        List<SseEvent> numbered = whole.subList(whole.size() - 4, whole.size());
        chat.clock.advance(Duration.ofMinutes(5).plusMillis(1));

        assertThat(chat.coalescer.ended()).isEmpty();
        try (EventReader resumed =
                chat.stream(thread, "hi", "Last-Event-ID", numbered.getFirst().id())) {
            assertThat(resumed.header("Sluice-Role")).isEqualTo("reused");
            List<SseEvent> events = resumed.readAll();
            assertThat(types(events)).containsExactly("ping", "router", "delta", "delta", "done");
            assertThat(events.subList(2, 5)).isEqualTo(numbered.subList(1, 4));
        }
        try (EventReader atEnd =
                chat.stream(thread, "hi", "Last-Event-ID", numbered.getLast().id())) {
            assertThat(atEnd.status()).isEqualTo(204);
        }
        try (EventReader elsewhere = chat.stream(
                chat.thread(), "hi", "Last-Event-ID", numbered.getFirst().id())) {
            assertThat(elsewhere.status()).isEqualTo(409);
        }
        assertThat(chat.upstream.calls()).isEqualTo(1);
    }

    @Test
    @DisplayName("C20 resumed requests are counted like all others")
    void resumedRequestsCount() throws Exception {
        SseEvent first;
        try (EventReader stream = chat.stream(thread, "hi")) {
            first = stream.readTo("delta").getLast();
            stream.readAll();
        }
        try (EventReader resumed = chat.stream(thread, "hi", "Last-Event-ID", first.id())) {
            resumed.readAll();
        }
        try (EventReader unknown = chat.stream(thread, "hi", "Last-Event-ID", "nobody:1")) {
            assertThat(unknown.status()).isEqualTo(409);
        }

        var totals = chat.metrics.totals();
        assertThat(totals.requests()).isEqualTo(3);
        assertThat(totals.leaders() + totals.followers() + totals.bypassed() + totals.rejected())
                .isEqualTo(3);
        assertThat(totals.reused()).isOne();
    }

    private static String[] lastId(String flight) {
        return new String[] {"Last-Event-ID", flight + ":1"};
    }
}
