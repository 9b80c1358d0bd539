package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How long connections live and what follows on them.
@Timeout(60)
final class ConnectionsTest {
    private static final Duration HEAD = Duration.ofMillis(300);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final TestServer SERVER = TestServer.start();
    /// A server that gives nobody much time between requests or for a request's head.
    private static final TestServer STRICT = TestServer.start(
            TestServer.config().withLimits(new HttpConfig.Limits(TestServer.NEVER, TestServer.NEVER, HEAD, IDLE)));

    private RawClient client;

    @BeforeEach
    void connect() throws IOException {
        client = SERVER.client();
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        STRICT.close();
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        var pipeline = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            pipeline.append(client.head("GET", "/things/" + i)).append("\r\n");
            pipeline.append(client.head("POST", "/raw", "Content-Length: 5")).append("\r\nhello");
        }

        client.send(pipeline.toString());

        for (int i = 0; i < 50; i++) {
            assertThat(client.answer().json().asText()).isEqualTo(Integer.toString(i));
            assertThat(client.answer().body()).isEqualTo("5");
        }
    }

    @Test
    @DisplayName("a request pipelined behind one that waits for its client is served after it")
    void pipelinedBehindAWaitingRequest() throws Exception {
        try (TestServer server = TestServer.start();
                RawClient both = server.client()) {
            both.request("GET", "/held").request("GET", "/text").post("/raw", "hello");
            assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();

            server.routes.release();

            assertThat(both.answer().body()).isEqualTo("released");
            assertThat(both.answer().body()).isEqualTo("hello");
            assertThat(both.answer().body()).isEqualTo("5");
        }
    }

    @Test
    void requestSplitAnywhereIsUnderstood() throws IOException {
        String request = client.head("POST", "/raw", "Transfer-Encoding: chunked") + "\r\n5\r\nhello\r\n0\r\n\r\n";
        for (int at = 1; at < request.length(); at++) {
            client.send(request.substring(0, at)).send(request.substring(at));

            assertThat(client.answer().body()).as("split at %s", at).isEqualTo("5");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "Close", "keep-alive, close", "TE,CLOSE"})
    void connectionIsClosedWhenAsked(String value) throws IOException {
        client.request("GET", "/text", "Connection: " + value).request("GET", "/text");

        assertThat(client.answer().body()).isEqualTo("hello");
        assertThat(client.rest()).isEmpty();
    }

    @Test
    void bodyIsAskedForWhenItIsWanted() throws IOException {
        client.send(client.head("POST", "/raw", "Content-Length: 5", "Expect: 100-continue") + "\r\n");
        assertThat(client.answer().status()).isEqualTo(100);

        client.send("hello");

        assertThat(client.answer().body()).isEqualTo("5");
        assertThat(client.request("GET", "/text").answer().body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/client", "/nowhere", "/text"})
    @DisplayName("X1 a refused request's body is not asked for, and what follows is no request")
    void refusedBodyIsNotAskedFor(String path) throws IOException {
        client.send(client.head("POST", path, "Authorization: Bearer x", "Content-Length: 5", "Expect: 100-continue")
                + "\r\n");

        RawAnswer answer = client.answer();

        answer.problem(answer.status());
        assertThat(answer.status()).isIn(401, 404, 405);
        assertThat(answer.header("Connection")).contains("close");
        client.send("hello").request("GET", "/things/smuggled").halfClose();
        assertThat(client.rest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST, /unread", "GET, /health/ready", "GET, /text"})
    @DisplayName("X1 a body that was never asked for does not become the next request")
    void bodyNobodyAskedFor(String method, String path) throws IOException {
        String smuggled = client.head("GET", "/things/smuggled") + "\r\n";
        client.send(client.head(method, path, "Expect: 100-continue", "Content-Length: " + smuggled.length()) + "\r\n"
                + smuggled);

        assertThat(client.answer().status()).isEqualTo(200);

        client.halfClose();
        assertThat(client.rest()).isEmpty();
    }

    @Test
    @DisplayName("X1 a connection that never says anything is closed")
    void silentConnectionIsClosed() throws IOException {
        try (RawClient silent = STRICT.client()) {
            assertThat(silent.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET /text HTTP/1.1\r\n", "GET /text HTTP/1.1\r\nHost: localhost\r\nX-Slow: "})
    @DisplayName("X1 a head that does not arrive in time ends the connection")
    void slowHeadEndsTheConnection(String part) throws IOException {
        try (RawClient slow = STRICT.client()) {
            slow.send(part);

            assertThat(slow.rest()).doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    @DisplayName("X1 a head that drips does not gain time by it")
    void drippingHeadEndsTheConnection() throws Exception {
        try (RawClient slow = STRICT.client()) {
            slow.send(slow.head("GET", "/text") + "X-Slow: ");
            var dripping = Thread.ofVirtual().start(() -> drip(slow));

            assertThat(slow.rest()).doesNotContain("HTTP/1.1 200");

            dripping.interrupt();
            dripping.join();
        }
    }

    @Test
    void idleConnectionIsClosedBetweenRequests() throws IOException {
        try (RawClient idle = STRICT.client()) {
            assertThat(idle.request("GET", "/text").answer().body()).isEqualTo("hello");

            assertThat(idle.rest()).isEmpty();
        }
    }

    @Test
    @DisplayName("X1 fifty slow clients do not keep others waiting")
    void slowClientsHarmNobody() throws IOException {
        var slow = new ArrayList<RawClient>();
        try {
            for (int i = 0; i < 50; i++) {
                slow.add(SERVER.client().send("GET /text HTTP/1.1\r\nHost: "));
            }

            assertThat(client.request("GET", "/text").answer().body()).isEqualTo("hello");
        } finally {
            for (RawClient each : slow) {
                each.close();
            }
        }
    }

    @Test
    void connectionsOverTheLimitWaitForTheirTurn() throws Exception {
        try (TestServer server = TestServer.start(TestServer.config().withSizes(1000, 2));
                RawClient second = server.client()) {
            RawClient first = server.client();
            first.request("GET", "/wait");
            second.request("GET", "/wait");
            assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            try (RawClient third = server.client()) {
                third.request("GET", "/text");
                first.close();

                assertThat(third.answer().body()).isEqualTo("hello");
            }
        }
    }

    @Test
    @DisplayName("X1 connections on which nothing is asked give way to those who ask")
    void idleConnectionsGiveWay() throws Exception {
        var idle = new ArrayList<RawClient>();
        try (TestServer server = TestServer.start(TestServer.config().withSizes(1000, 5));
                RawClient busy = server.client()) {
            busy.request("GET", "/held");
            assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            for (int i = 0; i < 50; i++) {
                idle.add(server.client());
            }

            try (RawClient asking = server.client()) {
                assertThat(asking.request("GET", "/text").answer().body()).isEqualTo("hello");
            }

            server.routes.release();
            assertThat(busy.answer().body()).isEqualTo("released");
        } finally {
            for (RawClient each : idle) {
                each.close();
            }
        }
    }

    private static void drip(RawClient slow) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                slow.send("x");
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException over) {
            // the server has had enough
        }
    }
}
