package dev.sluice.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.session.SessionView;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Wakeups;
import dev.sluice.service.store.TemporaryDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sessions taken out as files and brought in again.
@Timeout(120)
final class SessionFilesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final Wakeups wakeups = Wakeups.start();
    private Sessions sessions;

    @BeforeEach
    void open() {
        sessions = Sessions.open(temporary.db(), wakeups, InstantSource.system(), SessionPolicy.DEFAULT);
    }

    @AfterEach
    void close() {
        sessions.close();
        wakeups.close();
    }

    @Test
    @DisplayName("R13 exported, imported, exported: every event is the same, byte for byte but for the ids")
    void thereAndBack() throws Exception {
        byte[] first = sessions.export(recorded("s1", 2_000));

        SessionView imported = sessions.bringIn(first, "globex");
        Sessions.Found found = sessions.find(imported.id()).orElseThrow();
        byte[] second = sessions.export(found);

        assertThat(imported.id()).isNotEqualTo("s1").startsWith("import_");
        assertThat(imported.org()).isEqualTo("globex");
        assertThat(imported.importedFrom()).isEqualTo("s1");
        assertThat(imported.outcome()).isEqualTo("completed");
        assertThat(imported.events()).isEqualTo(2_000);
        List<LogEntry> before = SessionArchive.read(first, "x").entries();
        List<LogEntry> after = SessionArchive.read(second, "x").entries();
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).frame()).isEqualTo(before.get(i).frame());
            assertThat(after.get(i).at()).isEqualTo(before.get(i).at());
        }
    }

    @Test
    @DisplayName("R13 importing never overwrites: the same file twice is two sessions")
    void importedTwice() throws Exception {
        byte[] file = sessions.export(recorded("s1", 3));

        assertThat(sessions.bringIn(file, "acme").id())
                .isNotEqualTo(sessions.bringIn(file, "acme").id());
        assertThat(sessions.list(SessionFilter.newest("acme", 10))).hasSize(3);
    }

    @Test
    @DisplayName("R13 a changed byte, anywhere, is found")
    void everyChangedByteIsFound() throws Exception {
        byte[] file = sessions.export(recorded("s1", 4));
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 1;

            assertThatThrownBy(() -> SessionArchive.read(changed, "x"))
                    .as("byte %d", i)
                    .isInstanceOf(SessionArchive.BrokenException.class);
        }
    }

    @Test
    @DisplayName("R13 lines left out, added, moved or broken off are found")
    void changedLinesAreFound() {
        String file = new String(sessions.export(recorded("s1", 6)), UTF_8);
        var random = new Random(13);
        for (int i = 0; i < 200; i++) {
            var lines = new ArrayList<>(List.of(file.split("(?<=\n)")));
            int at = random.nextInt(lines.size());
            switch (i % 4) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
                case 2 -> lines.add((at + 1) % (lines.size() - 1), lines.remove(at));
                default -> lines.set(lines.size() - 1, "");
            }
            String changed =
                    i % 4 == 3 ? file.substring(0, 1 + random.nextInt(file.length() - 1)) : String.join("", lines);
            if (!changed.equals(file)) {
                assertThatThrownBy(() -> SessionArchive.read(changed.getBytes(UTF_8), "x"))
                        .as(changed)
                        .isInstanceOf(SessionArchive.BrokenException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"../../etc/passwd", "a b", "''"})
    @DisplayName("R13 a name in the file is a name: one that is no id is refused")
    void namesAreNotPaths(String id) {
        Sessions.Found found = recorded("s1", 2);
        SessionView view = found.view();
        byte[] file = SessionArchive.write(renamed(view, id), entries(2), NOW);

        assertThatThrownBy(() -> sessions.bringIn(file, "acme")).isInstanceOf(IllegalArgumentException.class);
        assertThat(sessions.list(SessionFilter.newest("acme", 10))).hasSize(1);
    }

    @Test
    @DisplayName("R13 over HTTP: one's own sessions, when they have ended, are a file; importing takes an operator")
    void overHttp() throws Exception {
        try (var server = new SessionServer(temporary.db(), InstantSource.system(), SessionPolicy.DEFAULT)) {
            server.ended("h1", "acme", 50);
            server.begin("h2", "acme");

            var file = server.get("acme", "/api/sessions/h1/export");

            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
            assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                    .contains("h1.ndjson");
            assertThat(SessionArchive.read(file.body(), "x").entries()).hasSize(50);
            assertThat(server.audited).containsExactly("session.exported h1 null");
            assertThat(server.get("acme", "/api/sessions/h2/export").statusCode())
                    .isEqualTo(409);
            var asClient = server.send(server.request("acme", "/api/sessions/import")
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofByteArray(file.body())));
            assertThat(asClient.statusCode()).isEqualTo(401);
        }
    }

    private Sessions.Found recorded(String id, int events) {
        var log = sessions.begin(new NewSession(
                id, Kind.REFACTOR, "acme", NOW, "A title", "user-1", null, "req-1", "mock", "model", true));
        for (int i = 1; i < events; i++) {
            log.append("progress", data(i));
        }
        log.end("complete", data(events));
        Awaiting.that(log::ended);
        return sessions.find(id).orElseThrow();
    }

    private static List<LogEntry> entries(int events) {
        var entries = new ArrayList<LogEntry>();
        for (int i = 1; i <= events; i++) {
            entries.add(new LogEntry(i, NOW, "progress", SseFrames.event("x:" + i, "progress", data(i)), i == events));
        }
        return entries;
    }

    private static SessionView renamed(SessionView view, String id) {
        return new SessionView(
                id,
                view.kind(),
                view.org(),
                view.state(),
                view.outcome(),
                view.createdAt(),
                view.endedAt(),
                view.epoch(),
                view.events(),
                view.bytes(),
                view.title(),
                view.userId(),
                view.threadId(),
                view.requestId(),
                view.provider(),
                view.model(),
                view.simulated(),
                null);
    }

    private static byte[] data(int n) {
        return ("{\"n\":" + n + ",\"text\":\"é \\u2028 'quoted' \\\\ end\"}").getBytes(UTF_8);
    }
}
