package dev.sluice.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.store.TemporaryDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SessionRoutesTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private SessionServer server;

    @BeforeEach
    void start() {
        server = new SessionServer(temporary.db(), InstantSource.system(), SessionPolicy.DEFAULT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("R1 a client that comes late has the whole log, one that comes early has it as it grows")
    void lateAndEarly() throws Exception {
        EventLog log = server.begin("s1", "acme");
        try (InputStream early = server.open("acme", "/api/sessions/s1/events").body()) {
            for (int i = 1; i < 300; i++) {
                log.append("progress", SessionServer.data(i));
            }
            log.end("complete", SessionServer.data(300));

            List<SseEvent> seen = SessionServer.parse(early.readAllBytes());

            assertThat(seen).extracting(SseEvent::id).containsExactlyElementsOf(ids("s1", 1, 300));
            assertThat(server.events("acme", "/api/sessions/s1/events")).isEqualTo(seen);
        }
    }

    @Test
    @DisplayName("R2 a client cut at random bytes that resumes each time has every byte of the log once")
    void cutAtRandomBytes() throws Exception {
        server.ended("s1", "acme", 5_000);
        byte[] whole = frames(server.get("acme", "/api/sessions/s1/events").body());
        var random = new Random(2);
        var received = new ByteArrayOutputStream();
        String last = "";
        int cuts = 0;
        for (boolean ended = false; !ended; cuts++) {
            try (InputStream body = server.open("acme", "/api/sessions/s1/events", "Last-Event-ID", last)
                    .body()) {
                byte[] part = body.readNBytes(1 + random.nextInt(whole.length / 40));
                byte[] complete = wholeFrames(part);
                received.writeBytes(complete);
                List<SseEvent> events = SessionServer.parse(complete);
                last = events.isEmpty() ? last : events.getLast().id();
                ended = last.equals("s1:5000");
            }
        }

        assertThat(cuts).isGreaterThan(40);
        assertThat(received.toByteArray()).isEqualTo(whole);
    }

    @Test
    @DisplayName("R3 a long replay finishes on one connection")
    void longReplay() throws Exception {
        server.ended("s1", "acme", 10_001);

        assertThat(server.events("acme", "/api/sessions/s1/events"))
                .extracting(SseEvent::id)
                .containsExactlyElementsOf(ids("s1", 1, 10_001));
    }

    @Test
    @DisplayName("R4 header, last_event_id and after are the same cursor; at the end there is nothing: 204")
    void cursors() throws Exception {
        server.ended("s1", "acme", 5);
        String path = "/api/sessions/s1/events";

        assertThat(server.events("acme", path, "Last-Event-ID", "s1:3"))
                .extracting(SseEvent::id)
                .containsExactly("s1:4", "s1:5");
        assertThat(server.events("acme", path + "?last_event_id=s1%3A3")).hasSize(2);
        assertThat(server.events("acme", path + "?after=3")).hasSize(2);
        assertThat(server.events("acme", path + "?after=s1:3", "Last-Event-ID", "s1:4"))
                .hasSize(1);
        assertThat(server.get("acme", path, "Last-Event-ID", "s1:5").statusCode())
                .isEqualTo(204);
        assertThat(server.events("acme", path, "Last-Event-ID", "")).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "s1:6,future",
        "s2:1,epoch",
        "s1-2:1,epoch",
        "garbage,garbage",
        "s1:-1,garbage",
        "s1:99999999999999999999,garbage"
    })
    @DisplayName("R4 a cursor that is none of this log's is told so once, and the whole log follows")
    void unusableCursors(String cursor, String reason) throws Exception {
        server.ended("s1", "acme", 5);
        server.ended("s2", "acme", 5);

        List<SseEvent> events = server.events("acme", "/api/sessions/s1/events", "Last-Event-ID", cursor);

        assertThat(events.getFirst().type()).isEqualTo("reset");
        assertThat(events.getFirst().data()).isEqualTo("{\"reason\":\"" + reason + "\"}");
        assertThat(events.subList(1, 6)).extracting(SseEvent::id).containsExactlyElementsOf(ids("s1", 1, 5));
        JsonNode page =
                server.json("acme", "/api/sessions/s1/events", "Accept", "application/json", "Last-Event-ID", cursor);
        assertThat(page.path("reset").asText()).isEqualTo(reason);
        assertThat(page.path("events")).hasSize(5);
    }

    @Test
    @DisplayName("R4 a huge cursor is refused or reset, and nothing else happens")
    void hugeCursor() throws Exception {
        server.ended("s1", "acme", 5);

        var answer = server.get("acme", "/api/sessions/s1/events", "Last-Event-ID", "x".repeat(8 << 10));

        assertThat(answer.statusCode()).isIn(200, 431);
        assertThat(server.events("acme", "/api/sessions/s1/events")).hasSize(5);
    }

    @Test
    @DisplayName("R4 an unknown session is 404; another tenant's is the same, byte for byte but for the ids")
    void unknownAndForeign() throws Exception {
        server.ended("s1", "acme", 5);
        for (String tail : List.of("", "/events", "/export")) {
            var foreign = server.get("globex", "/api/sessions/s1" + tail);
            var unknown = server.get("globex", "/api/sessions/s9" + tail);

            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(new String(foreign.body(), UTF_8).replace("s1", "s9"))
                    .isEqualTo(new String(unknown.body(), UTF_8));
        }
        assertThat(server.json("globex", "/api/sessions").path("sessions")).isEmpty();
    }

    @Test
    @DisplayName("R11 the JSON twin is the same log in pages")
    void pages() throws Exception {
        server.ended("s1", "acme", 25);
        var seen = new ArrayList<String>();
        String after = "0";
        JsonNode page;
        do {
            page = server.json("acme", "/api/sessions/s1/events?limit=10&after=" + after, "Accept", "application/json");
            page.path("events").forEach(event -> seen.add(event.path("id").asText()));
            after = page.path("next").asText();
        } while (!page.path("ended").asBoolean());

        assertThat(seen).containsExactlyElementsOf(ids("s1", 1, 25));
        JsonNode first = server.json("acme", "/api/sessions/s1/events?limit=1", "Accept", "application/json")
                .path("events")
                .path(0);
        assertThat(first.path("event").asText()).isEqualTo("progress");
        assertThat(first.path("data").asText()).isEqualTo("{\"n\":1}");
        assertThat(first.path("terminal").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("R11 HEAD has the stream's head and no body; OPTIONS says what is allowed")
    void headAndOptions() throws Exception {
        server.ended("s1", "acme", 5);

        var head =
                server.send(server.request("acme", "/api/sessions/s1/events").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(head.body()).isEmpty();
        var options = server.send(
                server.request("acme", "/api/sessions/s1/events").method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    @Test
    @DisplayName("R15 a replay begins at a time, or at the first event of a name")
    void seeks() throws Exception {
        EventLog log = server.begin("s1", "acme");
        log.append("progress", SessionServer.data(1));
        log.append("stage", SessionServer.data(2));
        Awaiting.that(() -> log.storedUpTo() == 2);
        var between = Instant.now().plusMillis(1);
        Awaiting.that(() -> Instant.now().isAfter(between));
        log.append("progress", SessionServer.data(3));
        log.end("complete", SessionServer.data(4));
        Awaiting.that(log::ended);

        assertThat(server.events(
                        "acme",
                        "/api/sessions/s1/events?at=" + between.toString().replace(":", "%3A")))
                .extracting(SseEvent::id)
                .containsExactly("s1:3", "s1:4");
        assertThat(server.events("acme", "/api/sessions/s1/events?at_type=stage"))
                .extracting(SseEvent::id)
                .containsExactly("s1:2", "s1:3", "s1:4");
        assertThat(server.events("acme", "/api/sessions/s1/events?at=0s")).hasSize(4);
        assertThat(server.events("acme", "/api/sessions/s1/events?type=stage"))
                .extracting(SseEvent::id)
                .containsExactly("s1:2", "s1:4");
        assertThat(server.events("acme", "/api/sessions/s1/events?at_type=stage", "Last-Event-ID", "s1:3"))
                .as("a client that comes back goes on where it was")
                .hasSize(1);
    }

    @Test
    @DisplayName("R15 a paced replay brings every event once, also after it was broken off and its pace changed")
    void pacedReplayLosesNothing() throws Exception {
        server.ended("s1", "acme", 200);
        var seen = new ArrayList<String>();
        try (InputStream body =
                server.open("acme", "/api/sessions/s1/events?pace=16").body()) {
            SessionServer.parse(wholeFrames(body.readNBytes(2_000))).forEach(event -> seen.add(event.id()));
        }
        server.events("acme", "/api/sessions/s1/events?pace=4&max_idle=0s", "Last-Event-ID", seen.getLast())
                .forEach(event -> seen.add(event.id()));

        assertThat(seen).containsExactlyElementsOf(ids("s1", 1, 200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/sessions?kind=mail",
                "/api/sessions?state=dead",
                "/api/sessions?outcome=fine",
                "/api/sessions?from=yesterday",
                "/api/sessions?cursor=abc",
                "/api/sessions?limit=0",
                "/api/sessions/s1/events?pace=17",
                "/api/sessions/s1/events?pace=fast",
                "/api/sessions/s1/events?pace=NaN",
                "/api/sessions/s1/events?pace=1&max_idle=2",
                "/api/sessions/s1/events?at=soon"
            })
    void badParametersAreRefused(String path) throws Exception {
        server.ended("s1", "acme", 5);

        assertThat(server.get("acme", path).statusCode()).isIn(400, 422);
    }

    @Test
    void sessionsAreListedNewestFirstInPages() throws Exception {
        for (int i = 0; i < 7; i++) {
            server.ended("s" + i, "acme", 1);
        }
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            JsonNode page = server.json("acme", "/api/sessions?limit=3" + cursor);
            page.path("sessions").forEach(session -> seen.add(session.path("id").asText()));
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asText().replace(":", "%3A");
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly("s6", "s5", "s4", "s3", "s2", "s1", "s0");
    }

    private static List<String> ids(String epoch, long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(seq -> epoch + ":" + seq)
                .toList();
    }

    /// Leaves out the opening of a stream.
    private static byte[] frames(byte[] wire) {
        String text = new String(wire, UTF_8);
        return text.substring(text.indexOf("id: ")).getBytes(UTF_8);
    }

    /// Leaves out the opening, and the frame in which the stream broke off.
    private static byte[] wholeFrames(byte[] wire) throws IOException {
        String text = new String(wire, UTF_8);
        int start = text.indexOf("id: ");
        int end = text.lastIndexOf("\n\n");
        return start < 0 || end < start
                ? new byte[0]
                : text.substring(start, end + 2).getBytes(UTF_8);
    }
}
