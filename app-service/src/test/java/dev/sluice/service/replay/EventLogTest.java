package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.EventId;
import dev.sluice.model.sse.SseFrames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class EventLogTest {
    private final Wakeups wakeups = Wakeups.start();

    @AfterEach
    void stop() {
        wakeups.close();
    }

    @Test
    void eventIsReadAsTheFrameItWasEncodedTo() {
        EventLog log = whole(1_000);
        long seq = log.append("token", bytes("hello"));

        Batch batch = log.cursorAfter(0).read(1_000);

        assertThat(batch.gap()).isNull();
        LogEntry entry = batch.entries().getFirst();
        assertThat(entry.seq()).isEqualTo(seq).isEqualTo(1);
        assertThat(entry.frame()).isEqualTo(SseFrames.event(new EventId("e", 1).toString(), "token", bytes("hello")));
    }

    @Test
    @DisplayName("R7 all readers share one encoding of an event")
    void framesAreShared() {
        EventLog log = whole(1_000);
        log.append("token", bytes("hello"));

        byte[] one = log.cursorAfter(0).read(1_000).entries().getFirst().frame();
        byte[] other = log.cursorAfter(0).read(1_000).entries().getFirst().frame();

        assertThat(one).isSameAs(other);
    }

    @Test
    @DisplayName("R14 an append after the terminal event is refused and changes nothing")
    void appendAfterTheEndIsRefused() {
        EventLog log = whole(1_000);
        log.end("done", bytes("{}"));

        assertThatThrownBy(() -> log.append("token", bytes("late"))).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> log.end("done", bytes("{}"))).isInstanceOf(LogClosedException.class);

        assertThat(log.last()).isEqualTo(1);
        assertThat(log.ended()).isTrue();
    }

    @Test
    @DisplayName("R14 of racing ends one wins, and nothing comes after it")
    void oneOfManyEndsWins() throws InterruptedException {
        for (int round = 0; round < Patience.rounds(500); round++) {
            EventLog log = whole(1_000_000);
            List<Boolean> won = Together.run(8, number -> {
                try {
                    log.append("token", bytes("x" + number));
                    log.end("done", bytes("" + number));
                    return true;
                } catch (LogClosedException lost) {
                    return false;
                }
            });

            assertThat(won).filteredOn(w -> w).hasSize(1);
            List<LogEntry> entries = log.cursorAfter(0).read(Integer.MAX_VALUE).entries();
            assertThat(entries).hasSize((int) log.last());
            assertThat(entries).filteredOn(LogEntry::terminal).containsExactly(entries.getLast());
        }
    }

    @Test
    @DisplayName("C22 a transcript over its limit is refused; the terminal event still fits")
    void fullLogTakesOnlyItsEnd() {
        EventLog log = whole(200);
        log.append("token", new byte[100]);

        assertThatThrownBy(() -> log.append("token", new byte[100])).isInstanceOf(LogFullException.class);
        log.end("error", new byte[300]);

        assertThat(log.last()).isEqualTo(2);
        assertThat(log.ended()).isTrue();
    }

    @Test
    void limitIsExact() {
        EventLog log = whole(2L * SseFrames.event("e:1", "token", bytes("x")).length);

        assertThat(log.append("token", bytes("x"))).isEqualTo(1);
        assertThat(log.append("token", bytes("x"))).isEqualTo(2);
        assertThatThrownBy(() -> log.append("token", bytes(""))).isInstanceOf(LogFullException.class);
        assertThat(log.end("done", bytes("x"))).isEqualTo(3);
    }

    @Test
    void onlyTheTerminalEventEndsABatch() {
        EventLog log = whole(1_000);
        assertThat(log.cursorAfter(0).read(1_000).ends()).isFalse();
        log.append("token", bytes("x"));
        assertThat(log.cursorAfter(0).read(1_000).ends()).isFalse();
        log.end("done", bytes("x"));
        assertThat(log.cursorAfter(0).read(1_000).ends()).isTrue();
    }

    @Test
    void forgedEventNameLeavesTheLogUnchanged() {
        EventLog log = whole(1_000);

        assertThatThrownBy(() -> log.append("a\nid: forged", bytes("x"))).isInstanceOf(IllegalArgumentException.class);

        assertThat(log.append("token", bytes("x"))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_001, 10_001, 100_001})
    @DisplayName("R3 a long replay finishes on one cursor")
    void longReplayFinishes(int events) throws InterruptedException {
        EventLog log = whole(Long.MAX_VALUE);
        for (int i = 1; i < events; i++) {
            log.append("token", bytes("" + i));
        }
        log.end("done", bytes("{}"));

        long next = 1;
        try (Cursor cursor = log.cursorAfter(0)) {
            while (!cursor.finished()) {
                assertThat(cursor.await(Duration.ofSeconds(1))).isTrue();
                for (LogEntry entry : cursor.read(8_192).entries()) {
                    assertThat(entry.seq()).isEqualTo(next++);
                }
            }
        }

        assertThat(next).isEqualTo(events + 1);
        assertThat(log.readers()).isZero();
    }

    @Test
    @DisplayName("R3 cursors at different places do not influence each other")
    void cursorsAreIndependent() {
        EventLog log = whole(10_000);
        for (int i = 0; i < 10; i++) {
            log.append("token", bytes("" + i));
        }
        Cursor early = log.cursorAfter(2);
        Cursor late = log.cursorAfter(7);

        assertThat(late.read(10_000).entries()).extracting(LogEntry::seq).containsExactly(8L, 9L, 10L);
        assertThat(early.read(1).entries()).extracting(LogEntry::seq).containsExactly(3L);
        assertThat(early.position()).isEqualTo(3);
        assertThat(late.position()).isEqualTo(10);
    }

    @Test
    void batchStopsBeforeItsByteLimitButNeverStarves() {
        EventLog log = whole(10_000);
        log.append("token", new byte[10]);
        log.append("token", new byte[10]);
        log.append("token", new byte[500]);
        int small = log.cursorAfter(0).read(1).entries().getFirst().frame().length;
        Cursor cursor = log.cursorAfter(0);

        assertThat(cursor.read(2 * small).entries()).hasSize(2);
        assertThat(cursor.read(2 * small).entries()).hasSize(1);
        assertThat(cursor.read(2 * small).entries()).isEmpty();
    }

    @Test
    void negativePlaceIsRefused() {
        assertThatThrownBy(() -> whole(1_000).cursorAfter(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private EventLog whole(long maxBytes) {
        return new EventLog("e", Retention.whole(maxBytes), wakeups);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
