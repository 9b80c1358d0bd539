package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Event streams on the wire.
@Timeout(60)
final class StreamsTest {
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(1);

    private TestServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        var limits = new HttpConfig.Limits(WRITE_LIMIT, TestServer.NEVER, TestServer.NEVER, TestServer.NEVER);
        server = TestServer.start(TestServer.config().withLimits(limits));
        client = server.client();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    @DisplayName("R10 the head and the opening come at once, in the form old clients split on")
    void opening() throws IOException {
        client.request("GET", "/stream");

        String head = client.readTo("\r\n\r\n");
        String opening = client.readTo("data: {\"n\":1}\n\n");

        assertThat(head)
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("Content-Type: text/event-stream\r\n")
                .containsIgnoringCase("Cache-Control: no-store, no-transform\r\n")
                .containsIgnoringCase("X-Accel-Buffering: no\r\n")
                .containsIgnoringCase("X-Content-Type-Options: nosniff\r\n")
                .containsIgnoringCase("X-Request-Id: ")
                .doesNotContainIgnoringCase("Content-Encoding");
        assertThat(opening)
                .contains("retry: 1234\n: sluice\n\n")
                .contains("id: e:1\nevent: first\ndata: {\"n\":1}\n\n");
        assertThat(opening.replaceAll("\r\n?[0-9a-f]+\r\n", "")).doesNotContain("\r\n:");
    }

    @Test
    void encodingIsNeverNegotiated() throws IOException {
        client.request("GET", "/stream", "Accept-Encoding: gzip, br");

        assertThat(client.readTo(": sluice")).doesNotContainIgnoringCase("Content-Encoding");
    }

    @Test
    @DisplayName("R9 heartbeats come while nothing happens, and carry no id")
    void heartbeats() throws IOException {
        client.request("GET", "/stream").readTo("data: {\"n\":1}\n\n");

        for (int i = 0; i < 3; i++) {
            assertThat(client.readTo(": \n\n")).doesNotContain("id:");
        }
    }

    @Test
    void postOpensAStreamToo() throws IOException {
        client.post("/stream", "{}").readTo("data: {\"n\":1}\n\n");

        assertThat(server.http.counts().openStreams()).isEqualTo(1);
    }

    @Test
    void ordinaryClientsReadLineByLine() throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request =
                    HttpRequest.newBuilder(server.http.uri().resolve("/stream")).build();
            HttpResponse<Stream<String>> answer = http.send(request, HttpResponse.BodyHandlers.ofLines());

            try (Stream<String> lines = answer.body()) {
                assertThat(lines.limit(6).toList())
                        .containsExactly("retry: 1234", ": sluice", "", "id: e:1", "event: first", "data: {\"n\":1}");
            }
        }
        Until.holds("the stream is closed", () -> server.http.counts().openStreams() == 0);
    }

    @Test
    @DisplayName("C16 R8 a reader that never reads is dropped within the write limit, without a last word")
    void stuckReaderIsDropped() throws Exception {
        try (RawClient stuck = RawClient.narrow(server.port())) {
            stuck.request("GET", "/flood");
            assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();

            assertThat(server.routes.departed.poll(20, TimeUnit.SECONDS)).isNotNull();

            Until.holds("the stream is closed", () -> server.http.counts().openStreams() == 0);
            assertThat(stuck.rest()).doesNotContain("event: done").doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    @DisplayName("C16 R8 stuck readers keep nobody else waiting")
    void stuckReadersHarmNobody() throws Exception {
        var stuck = new ArrayList<RawClient>();
        try {
            for (int i = 0; i < 10; i++) {
                stuck.add(RawClient.narrow(server.port()).request("GET", "/flood"));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            }

            client.request("GET", "/stream").readTo("data: {\"n\":1}\n\n");
            client.readTo(": \n\n");

            for (int i = 0; i < 10; i++) {
                assertThat(server.routes.departed.poll(20, TimeUnit.SECONDS)).isNotNull();
            }
            client.readTo(": \n\n");
        } finally {
            for (RawClient each : stuck) {
                each.close();
            }
        }
    }

    @Test
    @DisplayName("R8 a reader that goes on reading is kept, however long the stream")
    void readingReaderIsKept() throws Exception {
        try (RawClient slow = RawClient.narrow(server.port())) {
            slow.request("GET", "/flood");
            long end = System.nanoTime() + WRITE_LIMIT.multipliedBy(2).toNanos();

            while (System.nanoTime() < end) {
                slow.readTo("xxx\n\n");
            }

            assertThat(server.http.counts().openStreams()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName(
            "X2 a stream that fails in the middle breaks its connection, does not end as a whole one, tells nothing")
    void failingStreamBreaksOff() throws IOException {
        client.request("GET", "/broken-stream");

        assertThat(client.rest())
                .contains("event: first")
                .endsWith("data: {}\n\n\r\n") // a whole frame, and no chunk of none
                .doesNotContain("secret", "problem");
        assertThat(server.http.counts().openStreams()).isZero();
    }
}
