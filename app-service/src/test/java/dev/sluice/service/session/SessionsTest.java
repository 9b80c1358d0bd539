package dev.sluice.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.session.SessionView;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
final class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final Wakeups wakeups = Wakeups.start();
    private Sessions sessions;

    @BeforeEach
    void open() {
        sessions = start();
    }

    @AfterEach
    void close() {
        sessions.close();
        wakeups.close();
    }

    @Test
    @DisplayName("R3 a session that has ended is read from disk as it was, with its times and its outcome")
    void endedSessionIsReadFromDisk() throws InterruptedException {
        EventLog log = sessions.begin(session("s1", Kind.REFACTOR, "acme"));
        for (int i = 1; i < 500; i++) {
            log.append("progress", data(i));
        }
        log.end("complete", data(500));
        awaitEnd(log);

        restart();

        Sessions.Found found = sessions.find("s1").orElseThrow();
        assertThat(found.view().state()).isEqualTo("ended");
        assertThat(found.view().outcome()).isEqualTo("completed");
        assertThat(found.view().events()).isEqualTo(500);
        List<LogEntry> entries = read(found.log());
        assertThat(entries).extracting(LogEntry::seq).containsExactlyElementsOf(numbers(500));
        assertThat(new String(SseFrames.data(entries.get(41).frame()), UTF_8)).isEqualTo("{\"n\":42}");
        assertThat(entries.getLast().terminal()).isTrue();
        assertThat(found.log().open("s1:500").atEnd()).isTrue();
    }

    @Test
    @DisplayName("R5 a session that was running when the process died ends in an error, in a new life")
    void interruptedSessionEndsHonestly() throws InterruptedException {
        EventLog log = sessions.begin(session("s1", Kind.REFACTOR, "acme"));
        log.append("progress", data(1));
        log.append("progress", data(2));
        awaitStored(log, 2);

        restart();

        Sessions.Found found = sessions.find("s1").orElseThrow();
        awaitEnd(found.log());
        SessionView ended = sessions.find("s1").orElseThrow().view();
        assertThat(ended.outcome()).isEqualTo("interrupted");
        assertThat(ended.epoch()).isEqualTo("s1-2");
        assertThat(found.log().open("s1:2").reset()).isEqualTo("epoch");
        List<LogEntry> entries = read(found.log());
        assertThat(entries).extracting(LogEntry::type).containsExactly("progress", "progress", "error");
        assertThat(new String(entries.getFirst().frame(), UTF_8)).startsWith("id: s1-2:1\n");

        restart();
        assertThat(sessions.find("s1").orElseThrow().view().epoch()).isEqualTo("s1-2");
    }

    @Test
    @DisplayName("R5 a session without any event at the crash is found and ends too")
    void emptySessionEndsHonestly() throws InterruptedException {
        sessions.begin(session("s1", Kind.REFACTOR, "acme"));

        restart();

        Sessions.Found found = sessions.find("s1").orElseThrow();
        awaitEnd(found.log());
        assertThat(read(found.log())).extracting(LogEntry::type).containsExactly("error");
    }

    @Test
    void sessionBesideItsTruthIsStoredWithItsFirstEvent() throws InterruptedException {
        EventLog log = sessions.beginBeside(session("f1", Kind.CHAT, "acme"), Retention.whole(1 << 20));
        log.append("delta", data(1));
        sessions.ending("f1", Outcome.CANCELLED);
        log.end("error", data(2));
        awaitEnd(log);

        SessionView view = sessions.find("f1").orElseThrow().view();
        assertThat(view.kind()).isEqualTo("chat");
        assertThat(view.outcome()).isEqualTo("cancelled");
        assertThat(sessions.stats().running()).isZero();
    }

    @Test
    void sessionsAreFoundByWhatTheyAre() throws InterruptedException {
        for (int i = 0; i < 6; i++) {
            var session = new NewSession(
                    "s" + i,
                    i % 2 == 0 ? Kind.CHAT : Kind.REFACTOR,
                    i < 4 ? "acme" : "globex",
                    NOW.plusSeconds(i),
                    "Title " + i,
                    "user-" + i,
                    null,
                    "req_" + i,
                    "mock",
                    null,
                    false);
            EventLog log = sessions.begin(session);
            if (i != 3) {
                log.end(i == 2 ? "error" : "done", data(1));
                awaitEnd(log);
            }
        }

        assertThat(ids(SessionFilter.newest(null, 10))).containsExactly("s5", "s4", "s3", "s2", "s1", "s0");
        assertThat(ids(SessionFilter.newest("acme", 2))).containsExactly("s3", "s2");
        assertThat(ids(filter("chat", null, null, null, null))).containsExactly("s4", "s2", "s0");
        assertThat(ids(filter(null, "running", null, null, null))).containsExactly("s3");
        assertThat(ids(filter(null, null, "failed", null, null))).containsExactly("s2");
        assertThat(ids(filter(null, null, null, "TITLE 5", null))).containsExactly("s5");
        assertThat(ids(filter(null, null, null, "%", null))).isEmpty();
        assertThat(ids(filter(null, null, null, null, new SessionFilter.Place(NOW.plusSeconds(2), "s2"))))
                .containsExactly("s1", "s0");
    }

    @Test
    @DisplayName("R1 a session without its first event is in the lists, at the place it keeps once it is stored")
    void sessionsThatHaveJustBegunAreListed() throws InterruptedException {
        var logs = new ArrayList<EventLog>();
        for (int i = 0; i < 12; i++) {
            NewSession session = numbered(i);
            logs.add(i % 3 == 0 ? sessions.begin(session) : sessions.beginBeside(session, Retention.whole(1 << 20)));
        }
        List<SessionFilter> searches = List.of(
                SessionFilter.newest(null, 20),
                SessionFilter.newest("acme", 3),
                search(null, "chat", null, null, null, null, null, null, null),
                search(null, null, "running", null, null, null, null, null, null),
                search(null, null, "ended", null, null, null, null, null, null),
                search(null, null, null, "completed", null, null, null, null, null),
                search(null, null, null, null, "mock", null, null, null, null),
                search(null, null, null, null, null, "req_4", null, null, null),
                search(null, null, null, null, null, null, "ÄRGER 7", null, null),
                search(null, null, null, null, null, null, "ärger 7", null, null),
                search(null, null, null, null, null, null, "s1 title", null, null),
                search(null, null, null, null, null, null, null, NOW.plusNanos(2_000), NOW.plusNanos(4_000)));
        List<List<String>> begun = searches.stream().map(this::ids).toList();
        List<String> paged = paged(2);

        for (EventLog log : logs) {
            log.append("progress", data(1));
            awaitStored(log, 1);
        }

        assertThat(searches.stream().map(this::ids).toList()).isEqualTo(begun);
        assertThat(begun.getFirst()).hasSize(12);
        assertThat(begun).filteredOn(List::isEmpty).hasSize(3);
        assertThat(paged(2)).isEqualTo(paged).isEqualTo(begun.getFirst());
    }

    @Test
    @DisplayName("R1 a session is found at every moment of its storing")
    void foundWhileItIsStored() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            NewSession session = session("s" + i, Kind.CHAT, "acme");
            EventLog log = sessions.beginBeside(session, Retention.whole(1 << 20));
            Thread storing = Thread.ofVirtual().start(() -> log.append("progress", data(1)));
            while (log.storedUpTo() < 1) {
                assertThat(sessions.find(session.id())).isPresent();
            }
            storing.join();
        }
    }

    @Test
    @DisplayName("R1 sessions stored while somebody pages are seen once each")
    void storingDisturbsNoPages() throws InterruptedException {
        var logs = new ArrayList<EventLog>();
        for (int i = 0; i < 12; i++) {
            logs.add(sessions.beginBeside(numbered(i), Retention.whole(1 << 20)));
        }
        List<String> expected = ids(SessionFilter.newest(null, 20));

        var seen = new ArrayList<String>();
        List<SessionView> page = sessions.list(SessionFilter.newest(null, 2));
        while (!page.isEmpty()) {
            page.forEach(session -> seen.add(session.id()));
            EventLog log = logs.remove(logs.size() / 2); // now one that was seen, now one that was not
            log.append("progress", data(1));
            awaitStored(log, 1);
            page = sessions.list(after(page, 2));
        }

        assertThat(seen).isEqualTo(expected);
    }

    /// Three each begin within one microsecond, as exactly as it is kept.
    private static NewSession numbered(int i) {
        return new NewSession(
                "s" + i,
                i % 2 == 0 ? Kind.CHAT : Kind.REFACTOR,
                i % 5 == 0 ? "globex" : "acme",
                NOW.plusNanos(i * 334L),
                "Title Ärger " + i,
                null,
                null,
                "req_" + i,
                i == 3 ? null : "mock",
                null,
                false);
    }

    private List<String> paged(int size) {
        var seen = new ArrayList<String>();
        List<SessionView> page = sessions.list(SessionFilter.newest(null, size));
        while (!page.isEmpty()) {
            page.forEach(session -> seen.add(session.id()));
            page = sessions.list(after(page, size));
        }
        return seen;
    }

    private static SessionFilter after(List<SessionView> page, int size) {
        SessionView last = page.getLast();
        return new SessionFilter(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new SessionFilter.Place(last.createdAt(), last.id()),
                size);
    }

    private static SessionFilter search(
            @Nullable String org,
            @Nullable String kind,
            @Nullable String state,
            @Nullable String outcome,
            @Nullable String provider,
            @Nullable String requestId,
            @Nullable String text,
            @Nullable Instant from,
            @Nullable Instant to) {
        return new SessionFilter(org, kind, state, outcome, provider, requestId, null, null, text, from, to, null, 20);
    }

    private List<String> ids(SessionFilter filter) {
        return sessions.list(filter).stream().map(SessionView::id).toList();
    }

    private static SessionFilter filter(
            @Nullable String kind,
            @Nullable String state,
            @Nullable String outcome,
            @Nullable String text,
            SessionFilter.@Nullable Place before) {
        return new SessionFilter(null, kind, state, outcome, null, null, null, null, text, null, null, before, 10);
    }

    private Sessions start() {
        return Sessions.open(temporary.db(), wakeups, InstantSource.system(), SessionPolicy.DEFAULT);
    }

    private void restart() {
        sessions.close();
        sessions = start();
    }

    private static NewSession session(String id, Kind kind, String org) {
        return new NewSession(id, kind, org, NOW, null, null, null, null, null, null, false);
    }

    private static List<LogEntry> read(EventLog log) throws InterruptedException {
        var entries = new ArrayList<LogEntry>();
        try (Cursor cursor = log.cursorAfter(0)) {
            while (!cursor.finished()) {
                entries.addAll(cursor.read(1_000).entries());
                cursor.await(Duration.ZERO);
            }
        }
        return entries;
    }

    private static void awaitEnd(EventLog log) throws InterruptedException {
        try (Cursor cursor = log.cursorAfter(Math.max(0, log.last()))) {
            cursor.await(PATIENCE);
        }
        assertThat(log.ended()).isTrue();
    }

    private static void awaitStored(EventLog log, long seq) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (log.storedUpTo() < seq) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(100_000);
        }
    }

    private static List<Long> numbers(long to) {
        var numbers = new ArrayList<Long>();
        for (long number = 1; number <= to; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private static byte[] data(int n) {
        return ("{\"n\":" + n + "}").getBytes(UTF_8);
    }
}
