package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class BodyTest {
    @RegisterExtension
    static final Served SERVED = Served.by(TestServer.config());

    private static final TestServer SERVER = SERVED.server;
    private static final String GOOD = "{\"name\":\"a\",\"count\":1,\"flag\":true}";

    private final RawClient client = SERVED.connect();
    private final int acceptedBefore = SERVER.routes.accepted.get();

    @Test
    void bodyIsReadAndTheConnectionServesOn() throws IOException {
        for (int i = 0; i < 3; i++) {
            RawAnswer answer = client.post("/thing", GOOD).answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("name").asText()).isEqualTo("a");
        }
    }

    @Test
    void chunkedBodyIsReadAndTheConnectionServesOn() throws IOException {
        String head = client.head("POST", "/thing", "Content-Type: application/json", "Transfer-Encoding: chunked");

        client.send(head + "\r\n" + chunk(GOOD.substring(0, 5)) + chunk(GOOD.substring(5)) + "0\r\n\r\n");

        assertThat(client.answer().status()).isEqualTo(200);
        assertThat(client.post("/thing", GOOD).answer().status()).isEqualTo(200);
    }

    @Test
    @DisplayName("X1 a body that does not arrive in time is answered with 408, and the connection ends")
    void slowBodyTimesOut() throws IOException {
        var limits =
                new HttpConfig.Limits(TestServer.NEVER, Duration.ofMillis(300), TestServer.NEVER, TestServer.NEVER);
        try (TestServer server = TestServer.start(TestServer.config().withLimits(limits));
                RawClient slow = server.client()) {
            slow.send(slow.head("POST", "/thing", "Content-Type: application/json", "Content-Length: 100")
                    + "\r\n{\"name\":");

            slow.answer().problem(408);

            slow.halfClose();
            assertThat(slow.rest()).isEmpty();
            assertThat(server.routes.accepted).hasValue(0);
        }
    }

    @Test
    @DisplayName("X1 chunks that drip do not prolong the body's time")
    void drippingBodyTimesOut() throws IOException {
        var limits =
                new HttpConfig.Limits(TestServer.NEVER, Duration.ofMillis(300), TestServer.NEVER, TestServer.NEVER);
        try (TestServer server = TestServer.start(TestServer.config().withLimits(limits));
                RawClient slow = server.client()) {
            slow.send(slow.head("POST", "/raw", "Transfer-Encoding: chunked") + "\r\n");
            var dripping = Thread.ofVirtual().start(() -> drip(slow));

            slow.answer().problem(408);

            dripping.interrupt();
        }
    }

    @Test
    void largestBodyIsAccepted() throws IOException {
        String body = "x".repeat(TestServer.MAX_BODY_BYTES);

        client.send(client.head("POST", "/raw", "Content-Length: " + body.length()) + "\r\n" + body);
        assertThat(client.answer().body()).isEqualTo(Integer.toString(body.length()));

        client.send(client.head("POST", "/raw", "Transfer-Encoding: chunked") + "\r\n" + chunk(body) + "0\r\n\r\n");
        assertThat(client.answer().body()).isEqualTo(Integer.toString(body.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/raw", "/thing", "/unread"})
    @DisplayName("X1 a body that is announced as too large is refused before it is sent")
    void announcedTooLarge(String path) throws IOException {
        client.send(client.head("POST", path, "Content-Type: application/json", "Content-Length: 10001") + "\r\n");

        client.answer().problem(413);

        assertNothingAccepted();
    }

    @Test
    @DisplayName("X1 a chunked body is refused as soon as it is too large; what follows is no request")
    void chunkedTooLarge() throws IOException {
        client.send(client.head("POST", "/raw", "Transfer-Encoding: chunked") + "\r\n"
                + chunk("x".repeat(9000)) + chunk("x".repeat(2000)) + "0\r\n\r\n" + client.head("GET", "/text")
                + "\r\n");

        client.answer().problem(413);

        client.halfClose();
        assertThat(client.rest()).isEmpty();
        assertNothingAccepted();
    }

    @Test
    @DisplayName("X1 a single huge chunk is refused by its announced size, not read into memory first")
    void hugeChunk() throws IOException {
        client.send(client.head("POST", "/raw", "Transfer-Encoding: chunked") + "\r\n7fffffff\r\nxxx");

        client.answer().problem(413);

        assertNothingAccepted();
    }

    @Test
    void tooLargeAnswerReachesAClientThatGoesOnSending() throws Exception {
        byte[] more = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        client.send(client.head("POST", "/raw", "Content-Length: " + more.length) + "\r\n")
                .send(more);

        client.answer().problem(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonx",
                "application/json; charset=iso-8859-1",
                "text/json",
                "*/*"
            })
    @DisplayName("X7 other media types, forms among them, are refused on JSON paths")
    void wrongMediaType(String type) throws IOException {
        client.send(client.head("POST", "/thing", "Content-Type: " + type, "Content-Length: " + GOOD.length()) + "\r\n"
                + GOOD);

        client.answer().problem(415);

        assertNothingAccepted();
    }

    @Test
    void missingMediaTypeIsRefused() throws IOException {
        client.send(client.head("POST", "/thing", "Content-Length: " + GOOD.length()) + "\r\n" + GOOD);

        client.answer().problem(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "APPLICATION/JSON;charset=\"UTF-8\"", "application/json ; v=1"
            })
    void spellingsOfTheMediaTypeAreAccepted(String type) throws IOException {
        client.send(client.head("POST", "/thing", "Content-Type: " + type, "Content-Length: " + GOOD.length()) + "\r\n"
                + GOOD);

        assertThat(client.answer().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity", "deflate, br"})
    void encodedBodyIsRefused(String encoding) throws IOException {
        client.post("/thing", GOOD, "Content-Encoding: " + encoding).answer().problem(415);

        assertNothingAccepted();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "400 |       | {",
                "400 |       | nonsense",
                "400 |       | {} {}",
                "400 |       | {'name':1}",
                "400 |       | {\"count\":NaN}",
                "400 |       | {\"count\":01}",
                "400 | name  | {\"name\":\"a\",\"name\":\"b\"}",
                "422 |       | []",
                "422 |       | null",
                "422 |       | \"text\"",
                "422 | name  | {\"name\":5}",
                "422 | name  | {\"name\":{}}",
                "422 | name  | {\"name\":[\"a\"]}",
                "422 | name  | {\"name\":true}",
                "422 | name  | {\"name\":\"a\\u0000b\"}",
                "422 | name  | {\"name\":\"\\ud800\"}",
                "422 | count | {\"count\":\"5\"}",
                "422 | count | {\"count\":1.5}",
                "422 | count | {\"count\":null}",
                "422 | count | {\"count\":3000000000}",
                "422 | count | {\"count\":1e999999999}",
                "422 | flag  | {\"count\":1,\"flag\":\"yes\"}",
                "422 | flag  | {\"count\":1,\"flag\":1}",
                "422 | tags  | {\"count\":1,\"flag\":true,\"tags\":{}}",
                "422 | tags[1] | {\"count\":1,\"flag\":true,\"tags\":[\"a\",2]}",
            })
    @DisplayName("X1 JSON faults are refused with the field's name; no value is repeated")
    void jsonFault(int status, String field, String json) throws IOException {
        JsonNode problem = client.post("/thing", json).answer().problem(status);

        assertThat(problem.path("field").asText(null)).isEqualTo(field);
        assertThat(problem.path("detail").asText()).doesNotContain("3000000000", "nonsense", "yes");
        assertNothingAccepted();
        assertThat(client.request("GET", "/text").answer().status()).isEqualTo(200);
    }

    @Test
    void emptyBodyIsRefused() throws IOException {
        client.post("/thing", "").answer().problem(400);
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws IOException {
        client.send(client.head("POST", "/thing", "Content-Type: application/json", "Content-Length: 12")
                + "\r\n{\"name\":\"\u00ff\"}");

        client.answer().problem(400);
    }

    @Test
    @DisplayName("X1 nesting: 64 deep is read, 65 and 4 000 are refused")
    void nesting() throws IOException {
        String open = "{\"count\":1,\"flag\":true,\"other\":";

        assertThat(client.post("/thing", open + nested(63) + "}").answer().status())
                .isEqualTo(200);
        client.post("/thing", open + nested(64) + "}").answer().problem(400);
        client.post("/thing", open + nested(4000) + "}").answer().problem(400);
    }

    @Test
    @DisplayName("X1 a body nobody looks at does not become the next request")
    void unreadBodyIsSkipped() throws IOException {
        String smuggled = "GET /things/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
        client.send(client.head("POST", "/unread", "Content-Length: " + smuggled.length()) + "\r\n" + smuggled);

        assertThat(client.answer().body()).isEqualTo("not looked at");

        assertThat(client.request("GET", "/text").answer().body()).isEqualTo("hello");
    }

    private void assertNothingAccepted() {
        assertThat(SERVER.routes.accepted).hasValue(acceptedBefore);
    }

    private static void drip(RawClient slow) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                slow.send("1\r\nx\r\n");
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException over) {
            // the server has had enough
        }
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
