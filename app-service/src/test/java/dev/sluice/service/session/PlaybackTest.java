package dev.sluice.service.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.sse.SseEvent;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Replays that take their time. Only too early is wrong here: how late a busy machine is says nothing.
@Timeout(120)
final class PlaybackTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final AtomicReference<Instant> now = new AtomicReference<>(SessionServer.NOW);
    private SessionServer server;

    @BeforeEach
    void start() {
        server = new SessionServer(temporary.db(), now::get, SessionPolicy.DEFAULT);
        EventLog log = server.begin("s1", "acme");
        for (int i = 1; i < 9; i++) {
            log.append("progress", SessionServer.data(i));
            now.set(now.get().plus(i == 4 ? Duration.ofHours(1) : Duration.ofMillis(80)));
        }
        log.end("complete", SessionServer.data(9));
        Awaiting.that(log::ended);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("R15 a replay takes as long as what was recorded, at its pace, and shows no pause longer than wanted")
    void takesTheRecordedTime() throws Exception {
        assertThat(timed("?pace=1&max_idle=0.2s")).isGreaterThanOrEqualTo(Duration.ofMillis(7 * 80 + 200));
        assertThat(timed("?pace=0.5&max_idle=0.1s")).isGreaterThanOrEqualTo(Duration.ofMillis(8 * 100));
        assertThat(timed("?pace=4&max_idle=1s")).isGreaterThanOrEqualTo(Duration.ofMillis(7 * 20 + 1_000));
    }

    @Test
    @DisplayName("R15 a replay from a time, or a place, on takes as long as what is left")
    void takesTheTimeThatIsLeft() throws Exception {
        List<SseEvent> left = server.events("acme", "/api/sessions/s1/events?pace=1&at=3600s");

        assertThat(left).extracting(SseEvent::id).containsExactly("s1:5", "s1:6", "s1:7", "s1:8", "s1:9");
    }

    @Test
    @DisplayName("R15 a client that leaves during an hour's pause is noticed at once")
    void leavingEndsAPause() throws Exception {
        try (var body = server.open("acme", "/api/sessions/s1/events?pace=1").body()) {
            assertThat(body.readNBytes(40)).isNotEmpty();
            Awaiting.that(() -> readers() == 1);
        }

        Awaiting.that(() -> readers() == 0);
    }

    private int readers() {
        return server.sessions.find("s1").orElseThrow().log().readers();
    }

    private Duration timed(String query) throws Exception {
        long began = System.nanoTime();
        assertThat(server.events("acme", "/api/sessions/s1/events" + query)).hasSize(9);
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
