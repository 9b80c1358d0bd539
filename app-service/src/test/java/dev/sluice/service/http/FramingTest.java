package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests whose end two parties may see in two places: refused, and the connection ended.
@Timeout(60)
final class FramingTest {
    @RegisterExtension
    static final Served SERVED = Served.by(TestServer.config());

    private static final TestServer SERVER = SERVED.server;
    private static final String NEXT = "GET /things/smuggled HTTP/1.1\r\nHost: localhost:%d\r\n\r\n";

    private final RawClient client = SERVED.connect();
    private final int acceptedBefore = SERVER.routes.accepted.get();

    static List<List<String>> ambiguousHeaders() {
        return List.of(
                List.of("Content-Length: 5", "Transfer-Encoding: chunked"),
                List.of("Transfer-Encoding: chunked", "Content-Length: 5"),
                List.of("Content-Length: 5", "Content-Length: 6"),
                List.of("Content-Length: 5", "Content-Length: 5"),
                List.of("Content-Length: 5, 5"),
                List.of("Content-Length: 5, 6"),
                List.of("Content-Length: +5"),
                List.of("Content-Length: -5"),
                List.of("Content-Length: 0x5"),
                List.of("Content-Length: 5 5"),
                List.of("Content-Length: 5.0"),
                List.of("Content-Length: 99999999999999999999"),
                List.of("Content-Length:"),
                List.of("Content-Length: \u00b2"),
                List.of("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
                List.of("Transfer-Encoding: chunked, chunked"),
                List.of("Transfer-Encoding: identity"),
                List.of("Transfer-Encoding: identity", "Content-Length: 5"),
                List.of("Transfer-Encoding: gzip, chunked"),
                List.of("Transfer-Encoding: chunked, identity"),
                List.of("Transfer-Encoding: xchunked"),
                List.of("Transfer-Encoding: Chunked"),
                List.of("Transfer-Encoding: chunked;q=1"),
                List.of("Transfer-Encoding:"),
                List.of("Transfer-Encoding : chunked"),
                List.of(" Transfer-Encoding: chunked"),
                List.of("Content-Length : 5"),
                List.of("Content-Length\t: 5"),
                List.of("X: y\nContent-Length: 5"),
                List.of("X: y\rContent-Length: 5"),
                List.of("X: y\r\n Content-Length: 5"),
                List.of("Content-Length: 5\u0000"));
    }

    @ParameterizedTest
    @MethodSource("ambiguousHeaders")
    @DisplayName("X1 a length that can be read in two ways is refused")
    void ambiguousLength(List<String> headers) throws IOException {
        client.send(client.head("POST", "/raw", headers.toArray(String[]::new)) + "\r\n0\r\n\r\n"
                + NEXT.formatted(SERVER.port()));

        RawAnswer answer = client.answer();

        assertThat(answer.status()).isIn(400, 501);
        answer.problem(answer.status());
        client.halfClose();
        assertThat(client.rest()).isEmpty();
        assertThat(SERVER.routes.accepted).hasValue(acceptedBefore);
    }

    @ParameterizedTest
    @CsvSource({"GET, /text", "GET, /nowhere", "DELETE, /things/1", "OPTIONS, /text", "GET, /health/live"})
    @DisplayName("X1 the same on requests that have no use for a body")
    void ambiguousLengthElsewhere(String method, String path) throws IOException {
        client.send(client.head(method, path, "Content-Length: 5", "Transfer-Encoding: chunked") + "\r\n0\r\n\r\n"
                + NEXT.formatted(SERVER.port()));

        client.answer().problem(400);

        client.halfClose();
        assertThat(client.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g\r\nhello\r\n",
                "-5\r\nhello\r\n",
                "+5\r\nhello\r\n",
                "0x5\r\nhello\r\n",
                "\r\nhello\r\n",
                " 5\r\nhello\r\n",
                "5 \r\nhello\r\n",
                "5\nhello\r\n",
                "80000000\r\nhello\r\n",
                "fffffffffffffffff\r\nhello\r\n",
                "5\r\nhello0\r\n\r\n",
                "4\r\nhello\r\n",
                "5\r\nhelloXY",
            })
    @DisplayName("X1 bad chunk sizes and ends are refused; what follows is no request")
    void badChunk(String chunk) throws IOException {
        client.send(client.head("POST", "/raw", "Transfer-Encoding: chunked") + "\r\n" + chunk + "0\r\n\r\n"
                + NEXT.formatted(SERVER.port()));

        RawAnswer answer = client.answer();

        assertThat(answer.status()).isIn(400, 413);
        answer.problem(answer.status());
        client.halfClose();
        assertThat(client.rest()).isEmpty();
        assertThat(SERVER.routes.accepted).hasValue(acceptedBefore);
    }

    @Test
    @DisplayName("X1 a chunk's size line without an end is given up, not collected")
    void endlessChunkSize() throws IOException {
        client.send(client.head("POST", "/raw", "Transfer-Encoding: chunked") + "\r\n" + "0".repeat(64 << 10));

        RawAnswer answer = client.answer();

        assertThat(answer.status()).isIn(400, 413);
    }

    @Test
    void trailersAreRefused() throws IOException {
        client.send(client.head("POST", "/raw", "Transfer-Encoding: chunked")
                + "\r\n5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n" + NEXT.formatted(SERVER.port()));

        client.answer().problem(400);

        client.halfClose();
        assertThat(client.rest()).isEmpty();
    }

    @Test
    @DisplayName("X1 a client that goes away in the middle of a body leaves nothing behind")
    void bodyBreaksOff() throws IOException {
        for (String framing : Arrays.asList("Content-Length: 50", "Transfer-Encoding: chunked")) {
            try (RawClient leaving = SERVER.client()) {
                leaving.send(leaving.head("POST", "/raw", framing) + "\r\n5\r\nhel");
                leaving.halfClose();

                assertThat(leaving.rest()).doesNotContain(" 500 ", " 200 ");
            }
        }
        assertThat(SERVER.routes.accepted).hasValue(acceptedBefore);
    }
}
