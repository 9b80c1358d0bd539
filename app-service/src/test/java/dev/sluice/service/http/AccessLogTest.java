package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.http.AccessLog.Answer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AccessLogTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private CapturedLog captured;
    private AccessLog log;

    @BeforeEach
    void open() {
        captured = new CapturedLog();
        log = AccessLog.open();
    }

    @AfterEach
    void close() {
        log.close();
        captured.close();
    }

    @Test
    void closingWritesWhatWaits() {
        log.add(answer("/a", 200, ""));
        log.add(answer("/b", 404, "192.0.2.7"));

        log.close();

        assertThat(captured.accesses())
                .containsExactly(
                        "method=GET path=/a status=200 ms=3 bytes=400 request_id=r1 org=acme",
                        "method=GET path=/b status=404 ms=3 bytes=400 request_id=r1 org=acme client=192.0.2.7");
    }

    @Test
    void linesAreWrittenWithoutClosing() {
        log.add(answer("/a", 200, ""));

        Until.holds("an access line", () -> captured.accesses().size() == 1);
    }

    @Test
    void whatComesAfterTheEndIsWrittenToo() {
        log.close();

        log.add(answer("/late", 200, ""));

        assertThat(captured.accesses()).singleElement().asString().contains("path=/late");
    }

    @Test
    void moreThanCanWaitIsWrittenAtOnceAndNothingIsLost() {
        int many = 25_000;
        for (int i = 0; i < many; i++) {
            log.add(answer("/" + i, 200, ""));
        }

        log.close();

        List<String> wanted = IntStream.range(0, many).mapToObj(i -> "/" + i).toList();
        assertThat(captured.accesses())
                .extracting(line -> line.replaceAll(".* path=(\\S+) .*", "$1"))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void aLineTellsWhenTheAnswerWasOutAndNobodyIsLookedForOnTheStack() {
        log.add(answer("/a", 200, ""));
        log.close();

        assertThat(captured.records()).singleElement().satisfies(line -> {
            assertThat(line.getInstant()).isEqualTo(NOON);
            assertThat(line.getSourceClassName()).isEqualTo(line.getLoggerName());
        });
    }

    private static Answer answer(String path, int status, String client) {
        return new Answer(NOON, "GET", path, status, 3, 400, "r1", "acme", client);
    }
}
