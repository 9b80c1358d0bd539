package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client's `Last-Event-ID` does (R4).
final class CursorRulesTest {
    private static final byte[] DATA = {'x'};

    private final Wakeups wakeups = Wakeups.start();
    private final EventLog log = new EventLog("life-1", Retention.whole(1 << 20), wakeups);

    @BeforeEach
    void fill() {
        for (int i = 0; i < 5; i++) {
            log.append("token", DATA);
        }
    }

    @AfterEach
    void stop() {
        wakeups.close();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @DisplayName("R4 no cursor: all is read, nothing to tell")
    void noneReadsAll(@Nullable String id) {
        Opening opening = log.open(id);

        assertThat(opening.reset()).isNull();
        assertThat(opening.atEnd()).isFalse();
        assertThat(opening.cursor().position()).isZero();
    }

    @Test
    @DisplayName("R4 a good cursor: reading goes on after it")
    void goodCursorGoesOn() {
        Opening opening = log.open("life-1:3");

        assertThat(opening.reset()).isNull();
        assertThat(opening.cursor().read(1_000).entries())
                .extracting(LogEntry::seq)
                .containsExactly(4L, 5L);
    }

    @Test
    @DisplayName("R4 the place before the first event is a cursor too")
    void placeZeroIsACursor() {
        assertThat(log.open("life-1:0").reset()).isNull();
    }

    @Test
    @DisplayName("R4 tail: at the newest event of a running log there is nothing to read yet")
    void tailWaits() {
        Opening opening = log.open("life-1:5");

        assertThat(opening.reset()).isNull();
        assertThat(opening.atEnd()).isFalse();
        assertThat(opening.cursor().read(1_000).entries()).isEmpty();
    }

    @Test
    @DisplayName("R4 finished: at the terminal event of an ended log the client has all")
    void endIsKnown() {
        log.end("done", DATA);

        assertThat(log.open("life-1:6").atEnd()).isTrue();
        assertThat(log.open("life-1:5").atEnd()).isFalse();
        assertThat(log.open(null).atEnd()).isFalse();
    }

    @Test
    @DisplayName("R4 another life or another session: reset, and only this log is read")
    void wrongEpochIsReset() {
        Opening opening = log.open("life-2:3");

        assertThat(opening.reset()).isEqualTo("epoch");
        assertThat(opening.cursor().position()).isZero();
    }

    @Test
    @DisplayName("R4 a number that is not there yet: reset")
    void futureIsReset() {
        Opening opening = log.open("life-1:6");

        assertThat(opening.reset()).isEqualTo("future");
        assertThat(opening.cursor().position()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "life-1",
                "life-1:",
                ":3",
                "life-1:-1",
                "life-1:03",
                "life-1:3 ",
                " life-1:3",
                "life-1:3\n",
                "life-1:3\r",
                "life-1:3\0",
                "life-1:٣",
                "life-1:9999999999999999999",
                "life-1:3:4",
                "life 1:3"
            })
    @DisplayName("R4 garbage: reset")
    void garbageIsReset(String id) {
        Opening opening = log.open(id);

        assertThat(opening.reset()).isEqualTo("garbage");
        assertThat(opening.cursor().position()).isZero();
    }

    @Test
    @DisplayName("R4 8 KB of cursor: reset")
    void hugeIsReset() {
        assertThat(log.open("a".repeat(8_192) + ":1").reset()).isEqualTo("garbage");
        assertThat(log.open("life-1:" + "1".repeat(8_192)).reset()).isEqualTo("garbage");
    }

    @Test
    @DisplayName("R4 trimmed: exactly one gap, then what is kept")
    void trimmedGivesOneGap() {
        EventLog trimmed = new EventLog("life-1", Retention.newest(3, 1 << 20), wakeups);
        for (int i = 0; i < 10; i++) {
            trimmed.append("token", DATA);
        }
        Cursor cursor = trimmed.open("life-1:2").cursor();

        Batch first = cursor.read(1_000);
        Batch second = cursor.read(1_000);

        assertThat(first.gap()).isEqualTo(new Batch.Gap(3, 8, 10, 5));
        assertThat(first.entries()).extracting(LogEntry::seq).containsExactly(8L, 9L, 10L);
        assertThat(second).isEqualTo(new Batch(null, List.of()));
    }

    @Test
    @DisplayName("R9 each opening counts one reader until it is closed, however often")
    void readersAreCounted() {
        Cursor one = log.open(null).cursor();
        Cursor other = log.open("garbage").cursor();
        assertThat(log.readers()).isEqualTo(2);

        one.close();
        one.close();
        assertThat(log.readers()).isEqualTo(1);

        other.close();
        assertThat(log.readers()).isZero();
    }
}
