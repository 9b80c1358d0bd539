package dev.sluice.ui.link;

import static dev.sluice.ui.fake.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.SampleSessions;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.store.Following;
import dev.sluice.ui.store.SessionLine;
import dev.sluice.ui.store.SessionLog;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionFollowerTest {
    private static final String ID = "f-1";
    private static final Instant BEGAN = Instant.parse("2026-03-02T09:30:00Z");

    private final FakeService service = new FakeService(Samples.ANNA);
    private final HttpClient http = HttpClient.newHttpClient();
    private final SessionLog log = new SessionLog();
    private final SessionFollower follower = new SessionFollower(
            new SessionClient(http, () -> Optional.of(service.endpoint()), Duration.ofSeconds(20)),
            ID,
            log,
            new ReconnectPolicy(Duration.ofMillis(4), Duration.ofMillis(8), Duration.ZERO, new Random(1)));

    @AfterEach
    void end() {
        follower.close();
        service.close();
        http.shutdownNow();
    }

    @Test
    void readsAllThatIsRecordedWithItsTimes() throws InterruptedException {
        begin();
        append(2_345);
        service.sessions.end(ID, "completed", BEGAN);

        follower.start();

        until("all", () -> log.content().following() instanceof Following.Ended);
        assertThat(seqs()).isEqualTo(upTo(2_345));
        assertThat(log.content().line(7))
                .isInstanceOfSatisfying(
                        SessionLine.Happened.class,
                        event -> assertThat(event.at()).isEqualTo(BEGAN.plusMillis(7)));
        assertThat(service.sessions.resumedFrom).isEmpty();
    }

    @Test
    void followsWhatHappensUntilTheEnd() throws InterruptedException {
        begin();
        append(3);
        follower.start();
        until("live", () -> log.content().following() instanceof Following.Live);

        append(40);
        until("shown", () -> log.content().size() == 40);
        service.sessions.append(ID, BEGAN.plusSeconds(9), "done", "{}");
        service.sessions.end(ID, "completed", BEGAN.plusSeconds(9));

        until("ended", () -> log.content().following() instanceof Following.Ended);
        assertThat(seqs()).isEqualTo(upTo(41));
    }

    @Test
    @DisplayName("O4 a session's log that was cut is resumed where it broke, no event lost or doubled")
    void aCutLogIsResumed() throws InterruptedException {
        begin();
        follower.start();
        var random = new Random(7);
        for (int i = 1; i <= 200; i++) {
            append(i);
            if (random.nextInt(12) == 0) {
                int before = service.sessions.resumedFrom.size();
                service.sessions.cut();
                until("resumed", () -> service.sessions.resumedFrom.size() > before);
            }
        }
        until("all", () -> log.content().size() == 200);

        assertThat(seqs()).isEqualTo(upTo(200));
        assertThat(service.sessions.resumedFrom).hasSizeGreaterThan(8);
    }

    @Test
    @DisplayName("O4 a service that cannot answer is told, tried again, and nothing is lost")
    void anOutageIsToldAndHeals() throws InterruptedException {
        begin();
        append(5);
        follower.start();
        until("live", () -> log.content().following() instanceof Following.Live);

        service.sessions.down(true);
        until("told", () -> log.content().following() instanceof Following.Broken);
        append(9);
        service.sessions.down(false);

        until("live", () -> log.content().following() instanceof Following.Live);
        until("all", () -> log.content().size() == 9);
        assertThat(seqs()).isEqualTo(upTo(9));
    }

    @Test
    @DisplayName("O4 what the service keeps no longer is a gap with its count")
    void whatIsTrimmedIsAGap() throws InterruptedException {
        begin();
        append(10);
        service.sessions.trim(ID, 6);
        service.sessions.end(ID, "completed", BEGAN);

        follower.start();

        until("ended", () -> log.content().following() instanceof Following.Ended);
        assertThat(log.content().line(0)).isEqualTo(new SessionLine.Gap(6));
        assertThat(seqs()).containsExactly(7L, 8L, 9L, 10L);
    }

    @Test
    void aNewLifeOfTheLogReplacesTheOldOne() throws InterruptedException {
        begin();
        append(10);
        follower.start();
        until("live", () -> log.content().following() instanceof Following.Live);
        until("shown", () -> log.content().size() == 10);

        service.sessions.beginAnew(ID);
        append(2);
        service.sessions.cut();

        until("anew", () -> log.content().life() == 1);
        until("all", () -> log.content().size() == 3);
        assertThat(log.content().line(0)).isInstanceOf(SessionLine.Anew.class);
        assertThat(seqs()).containsExactly(1L, 2L);
    }

    @Test
    void aSessionThatIsGoneIsToldAndNotTriedAgain() throws InterruptedException {
        follower.start();

        until("told", () -> log.content().following() instanceof Following.Refused);

        assertThat(log.content().following()).isEqualTo(new Following.Refused("There is no such session."));
    }

    private void begin() {
        service.sessions.add(SampleSessions.view(ID, "chat", "acme", BEGAN));
    }

    /// Has the session have so many events, each a millisecond after the one before.
    private void append(int upTo) {
        for (int i = (int) service.sessions.view(ID).events(); i < upTo; i++) {
            service.sessions.append(ID, BEGAN.plusMillis(i), "delta", "{\"delta\":\"" + i + "\"}");
        }
    }

    private List<Long> seqs() {
        var content = log.content();
        return IntStream.range(0, content.size())
                .mapToObj(content::line)
                .filter(SessionLine.Happened.class::isInstance)
                .map(line -> ((SessionLine.Happened) line).seq())
                .toList();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
