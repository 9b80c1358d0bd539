package dev.sluice.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.LogLines;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of stored sessions.
@Timeout(120)
final class SessionUpkeepTest {
    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final Wakeups wakeups = Wakeups.start();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private Sessions sessions;

    @BeforeEach
    void open() {
        sessions = Sessions.open(temporary.db(), wakeups, now::get, SessionPolicy.DEFAULT);
    }

    @AfterEach
    void close() {
        sessions.close();
        wakeups.close();
    }

    @Test
    @DisplayName("R3 the chunks of a session that ended are merged; what is read is the same")
    void chunksAreMerged() {
        EventLog log = grown("s1", 40);
        List<byte[]> before = frames(log);

        Awaiting.that(() -> chunks("s1") == 1);

        Awaiting.that(() -> sessions.stats().merged() > 0);
        restart();
        EventLog stored = sessions.find("s1").orElseThrow().log();
        assertThat(frames(stored)).usingElementComparator(Arrays::compare).isEqualTo(before);
        assertThat(stored.open("s1:17").cursor().read(1).entries().getFirst().seq())
                .isEqualTo(18);
    }

    @Test
    void fewChunksAreLeftAsTheyAre() {
        EventLog log = begin("short");
        for (int i = 1; i < LiveSessions.FEW_CHUNKS; i++) {
            log.append("progress", data(i));
            int seq = i;
            Awaiting.that(() -> log.storedUpTo() == seq);
        }
        log.end("complete", data(LiveSessions.FEW_CHUNKS));
        Awaiting.that(() -> log.storedUpTo() == LiveSessions.FEW_CHUNKS);

        grown("long", 40); // merged after it, by the same thread
        Awaiting.that(() -> chunks("long") == 1);

        assertThat(chunks("short")).isEqualTo(LiveSessions.FEW_CHUNKS);
    }

    @Test
    @DisplayName("D3 what is merged stays in chunks that hold the writer for a moment only")
    void mergedChunksAreBounded() {
        EventLog log = begin("s1");
        for (int i = 1; i <= 30; i++) {
            log.append("progress", ("{\"text\":\"" + "x".repeat(100_000) + "\"}").getBytes(UTF_8));
            int seq = i;
            Awaiting.that(() -> log.storedUpTo() == seq);
        }
        log.end("complete", data(31));
        Awaiting.that(() -> log.ended() && chunks("s1") <= 7);

        long largest = temporary
                .db()
                .read(sql -> sql.number("SELECT max(length(frames)) AS n FROM session_chunks WHERE session_id = 's1'"));
        assertThat(largest).isLessThanOrEqualTo(ChunkMerger.MERGED_BYTES);
        assertThat(frames(sessions.find("s1").orElseThrow().log())).hasSize(31);
    }

    @Test
    @DisplayName("R4 a session older than the retention is gone, and says so")
    void oldSessionsAreRemoved() {
        grown("old", 5);
        now.set(NOW.plus(Duration.ofDays(20)));
        grown("young", 5);
        EventLog running = begin("running");
        running.append("progress", data(1));
        now.set(NOW.plus(Duration.ofDays(30)).plusSeconds(1));

        sessions.upkeep().sweep();

        assertThat(sessions.find("old")).isEmpty();
        assertThat(sessions.gone("old", "acme")).isTrue();
        assertThat(sessions.gone("old", "globex")).isFalse();
        assertThat(sessions.gone("never", null)).isFalse();
        assertThat(chunks("old")).isZero();
        assertThat(sessions.find("young")).isPresent();
        assertThat(sessions.find("running")).isPresent();
        assertThat(sessions.list(SessionFilter.newest("acme", 10)))
                .extracting(view -> view.id())
                .containsExactlyInAnyOrder("running", "young");
        assertThat(sessions.stats().removed()).isEqualTo(1);

        now.set(now.get().plus(Duration.ofDays(31)));
        sessions.upkeep().sweep();
        assertThat(sessions.gone("old", "acme"))
                .as("tombstones do not stay for ever")
                .isFalse();
    }

    @Test
    @DisplayName("R13 an imported session is kept from its import on, however old it is")
    void importedSessionsAreKeptFromTheirImport() throws Exception {
        grown("old", 5);
        byte[] file = sessions.export(sessions.find("old").orElseThrow());
        now.set(NOW.plus(Duration.ofDays(300)));
        String imported = sessions.bringIn(file, "acme").id();

        now.set(now.get().plus(Duration.ofDays(29)));
        sessions.upkeep().sweep();
        assertThat(sessions.find("old")).isEmpty();
        assertThat(sessions.find(imported)).isPresent();

        now.set(now.get().plus(Duration.ofDays(2)));
        sessions.upkeep().sweep();
        assertThat(sessions.gone(imported, "acme")).isTrue();
    }

    @Test
    @DisplayName("X11 what is left of a session that was removed is no personal data")
    void tombstonesHoldNoPersonalData() {
        grown("old", 5);
        now.set(NOW.plus(Duration.ofDays(31)));

        sessions.upkeep().sweep();

        long personal = temporary
                .db()
                .read(sql ->
                        sql.number("SELECT count(*) AS n FROM sessions WHERE title IS NOT NULL OR user_id IS NOT NULL"
                                + " OR request_id IS NOT NULL OR thread_id IS NOT NULL"));
        assertThat(personal).isZero();
    }

    @Test
    @DisplayName("X4 a stop while a step waits for the writer is no error, and does not wait for it")
    void stopWithinAStep() throws Exception {
        grown("s1", 40);
        Awaiting.that(() -> sessions.stats().merged() > 0); // the sweep of the start is over too
        var held = new CountDownLatch(1);
        var release = new CompletableFuture<Void>();
        try (var log = new LogLines()) {
            var holding = temporary.db().writeAsync("hold the writer", sql -> {
                held.countDown();
                return release.join();
            });
            held.await();
            sessions.upkeep().sweepSoon();
            Awaiting.that(() -> temporary.db().stats().queueDepth() > 0);

            sessions.upkeep().close();

            assertThat(holding).isNotDone();
            assertThat(log.all()).noneMatch(line -> line.contains("upkeep_failed"));
        } finally {
            release.complete(null);
        }
    }

    @Test
    @DisplayName("R13 an import that was not finished when the process died leaves nothing")
    void unfinishedImportsAreRemoved() {
        temporary.db().write("half an import", sql -> {
            sql.update(
                    "INSERT INTO sessions (id, kind, org, epoch, outcome, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                    "half",
                    "chat",
                    "acme",
                    "half",
                    "importing",
                    NOW);
            SessionChunks.insert(sql, "half", "half", 1, 1, new byte[] {2, 0}, new byte[] {'x'});
            return 1;
        });
        assertThat(sessions.find("half")).isEmpty();
        assertThat(sessions.list(SessionFilter.newest("acme", 10))).isEmpty();

        restart();

        assertThat(chunks("half")).isZero();
        long rows = temporary.db().read(sql -> sql.number("SELECT count(*) AS n FROM sessions"));
        assertThat(rows).isZero();
    }

    private void restart() {
        sessions.close();
        sessions = Sessions.open(temporary.db(), wakeups, now::get, SessionPolicy.DEFAULT);
    }

    /// A session each of whose events was stored in a commit of its own.
    private EventLog grown(String id, int events) {
        EventLog log = begin(id);
        for (int i = 1; i < events; i++) {
            log.append("progress", data(i));
            int seq = i;
            Awaiting.that(() -> log.storedUpTo() == seq);
        }
        log.end("complete", data(events));
        Awaiting.that(log::ended);
        return log;
    }

    private EventLog begin(String id) {
        return sessions.begin(new NewSession(
                id, Kind.REFACTOR, "acme", now.get(), "A title", "user-1", null, "req-1", null, null, false));
    }

    private long chunks(String id) {
        return temporary
                .db()
                .read(sql -> sql.number("SELECT count(*) AS n FROM session_chunks WHERE session_id = ?", id));
    }

    private static List<byte[]> frames(EventLog log) {
        var frames = new ArrayList<byte[]>();
        try (Cursor cursor = log.cursorAfter(0)) {
            while (!cursor.finished()) {
                cursor.read(1_000).entries().stream().map(LogEntry::frame).forEach(frames::add);
            }
        }
        return frames;
    }

    private static byte[] data(int n) {
        return ("{\"n\":" + n + "}").getBytes(UTF_8);
    }
}
