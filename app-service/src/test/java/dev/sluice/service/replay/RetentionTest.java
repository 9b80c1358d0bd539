package dev.sluice.service.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class RetentionTest {
    private final Wakeups wakeups = Wakeups.start();

    @AfterEach
    void stop() {
        wakeups.close();
    }

    @Test
    @DisplayName("R7 the newest events are kept, no more than asked for")
    void keepsTheNewestEvents() {
        EventLog log = log(Retention.newest(100, Long.MAX_VALUE));
        for (int i = 0; i < 1_000; i++) {
            log.append("token", new byte[10]);
            assertThat(log.last() - log.first() + 1).isEqualTo(Math.min(i + 1, 100));
        }
    }

    @Test
    @DisplayName("R7 heap is bounded in bytes, and the count of them is exact")
    void keepsTheNewestBytes() {
        EventLog log = log(Retention.newest(Integer.MAX_VALUE, 5_000));
        for (int i = 0; i < 1_000; i++) {
            log.append("token", new byte[i % 300]);
            assertThat(log.keptBytes()).isEqualTo(bytes(keptEntries(log))).isLessThanOrEqualTo(5_000);
        }
    }

    @Test
    @DisplayName("R7 the newest event is kept even if it alone is too large")
    void newestIsAlwaysKept() {
        EventLog log = log(Retention.newest(10, 100));
        log.append("token", new byte[10]);
        log.append("token", new byte[1_000]);

        assertThat(keptEntries(log)).extracting(LogEntry::seq).containsExactly(2L);
        assertThat(log.first()).isEqualTo(2);
    }

    @Test
    @DisplayName("R7 one event kept: each append replaces it")
    void keepsOne() {
        EventLog log = log(Retention.newest(1, Long.MAX_VALUE));
        for (int i = 1; i <= 50; i++) {
            log.append("token", new byte[1]);
            assertThat(keptEntries(log)).extracting(LogEntry::seq).containsExactly((long) i);
        }
    }

    @Test
    @DisplayName("R7 readers add nothing to what a log holds")
    void readersHoldNoBytes() {
        EventLog log = log(Retention.newest(10, Long.MAX_VALUE));
        for (int i = 0; i < 1_000; i++) {
            log.cursorAfter(0);
        }
        for (int i = 0; i < 100; i++) {
            log.append("token", new byte[100]);
        }

        assertThat(log.keptBytes()).isEqualTo(bytes(keptEntries(log)));
    }

    @Test
    @DisplayName("R7 a reader that was overtaken in the middle is told of one gap, after what it had")
    void overtakenReaderSeesOneGap() {
        EventLog log = log(Retention.newest(4, Long.MAX_VALUE));
        log.append("token", new byte[1]);
        Cursor cursor = log.cursorAfter(0);
        assertThat(cursor.read(1_000).entries()).hasSize(1);
        for (int i = 0; i < 10; i++) {
            log.append("token", new byte[1]);
        }

        Batch batch = cursor.read(1_000);

        assertThat(batch.gap()).isEqualTo(new Batch.Gap(2, 8, 11, 6));
        assertThat(batch.entries()).extracting(LogEntry::seq).containsExactly(8L, 9L, 10L, 11L);
        assertThat(cursor.read(1_000).gap()).isNull();
    }

    @Test
    @DisplayName("R7 the terminal event is never trimmed")
    void terminalIsKept() {
        EventLog log = log(Retention.newest(3, 50));
        for (int i = 0; i < 10; i++) {
            log.append("token", new byte[5]);
        }
        log.end("done", new byte[500]);

        assertThat(log.cursorAfter(0).read(1_000_000).ends()).isTrue();
    }

    @Test
    @DisplayName("R7 a whole log keeps every event through every growth of its ring")
    void wholeKeepsAll() {
        EventLog log = log(Retention.whole(1 << 20));
        for (int i = 1; i <= 1_000; i++) {
            log.append("token", new byte[1]);
            assertThat(log.cursorAfter(0).read(1 << 20).entries()).hasSize(i);
        }
        assertThat(log.first()).isEqualTo(1);
    }

    @Test
    @DisplayName("R7 what just fits is kept")
    void bytesAreExact() {
        long frame = bytes(keptEntries(one(Retention.newest(10, 1))));
        EventLog log = one(Retention.newest(10, 2 * frame));
        log.append("token", new byte[10]);

        assertThat(keptEntries(log)).hasSize(2);
        log.append("token", new byte[10]);
        assertThat(keptEntries(log)).extracting(LogEntry::seq).containsExactly(2L, 3L);
    }

    private EventLog one(Retention retention) {
        EventLog log = log(retention);
        log.append("token", new byte[10]);
        return log;
    }

    @Test
    void nothingKeptIsRefused() {
        assertThat(log(new Retention(1, 1, 1)).first()).isEqualTo(1);
        assertThatThrownBy(() -> new Retention(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Retention(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Retention(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private EventLog log(Retention retention) {
        return new EventLog("e", retention, wakeups);
    }

    private static List<LogEntry> keptEntries(EventLog log) {
        try (Cursor cursor = log.cursorAfter(log.first() - 1)) {
            return cursor.read(Integer.MAX_VALUE).entries();
        }
    }

    private static long bytes(List<LogEntry> entries) {
        return entries.stream().mapToLong(entry -> entry.frame().length).sum();
    }
}
