package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Readiness, and how the server stops.
@Timeout(60)
final class StoppingTest {
    private static final Duration GRACE = TestServer.config().grace();

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.routes.release();
        server.close();
    }

    @Test
    @DisplayName("X4 not ready is 503 and names what fails; alive all the same")
    void notReady() throws IOException {
        try (RawClient client = server.client()) {
            assertThat(client.request("GET", "/health/ready").answer().status()).isEqualTo(200);

            server.ready.set(false);

            RawAnswer answer = client.request("GET", "/health/ready").answer();
            assertThat(answer.status()).isEqualTo(503);
            JsonNode check = answer.json().path("checks").path(0);
            assertThat(check.path("name").asText()).isEqualTo("test");
            assertThat(check.path("status").asText()).isEqualTo("DOWN");
            assertThat(client.request("GET", "/health").answer().status()).isEqualTo(503);
            assertThat(client.request("HEAD", "/health/ready").headAnswer().status())
                    .isEqualTo(503);
            assertThat(client.request("GET", "/health/live").answer().status()).isEqualTo(200);
            server.ready.set(true);
            assertThat(client.request("GET", "/health/ready").answer().status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("X4 R12 twenty open streams end with a whole frame, well within the grace")
    void streamsEndCleanly() throws Exception {
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < 20; i++) {
            RawClient client = server.client();
            client.request("GET", "/stream").readTo("event: first");
            clients.add(client);
        }

        long began = System.nanoTime();
        server.close();
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(took).isLessThan(GRACE.dividedBy(2));
        assertThat(server.http.counts().openStreams()).isZero();
        for (RawClient client : clients) {
            assertThat(client.rest()).endsWith("\n\n\r\n0\r\n\r\n");
            client.close();
        }
    }

    @Test
    @DisplayName("R12 streams end one by one, at random times of a window")
    void endsAreSpread() {
        Duration window = Duration.ofMillis(300);

        long[] times = Streams.times(20, window, new Random(1));

        for (int i = 0; i < 20; i++) {
            assertThat(times[i]).isBetween(i * 15_000_000L, (i + 1) * 15_000_000L - 1);
        }
        assertThat(times).isNotEqualTo(Streams.times(20, window, new Random(2)));
        assertThat(Streams.times(0, window, new Random(1))).isEmpty();
        assertThat(Streams.times(3, Duration.ZERO, new Random(1))).containsOnly(0);
        assertThat(Streams.times(3, Duration.ofNanos(2), new Random(1)))
                .isSorted()
                .doesNotContain(2);
    }

    @Test
    @DisplayName("R12 the last of the streams ends in the last part of the window, not before")
    void windowIsUsed() throws Exception {
        Duration window = Duration.ofMillis(800);
        var spread = TestServer.start(TestServer.config().withStream(new HttpConfig.Stream(GRACE, GRACE, window)));
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < 8; i++) {
            RawClient client = spread.client();
            client.request("GET", "/stream").readTo("event: first");
            clients.add(client);
        }

        long began = System.nanoTime();
        spread.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(window.multipliedBy(7).dividedBy(8));
        for (RawClient client : clients) {
            assertThat(client.rest()).endsWith("\n\n\r\n0\r\n\r\n");
            client.close();
        }
    }

    @Test
    @DisplayName("X4 a request under way is answered, idle connections are closed, no new one is taken")
    void requestUnderWayIsAnswered() throws Exception {
        try (RawClient busy = server.client();
                RawClient idle = server.client();
                RawClient waited = server.client()) {
            idle.request("GET", "/text").answer();
            waited.request("GET", "/held");
            busy.request("GET", "/held");
            assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();

            var stopping = Thread.ofVirtual().start(server::close);
            assertThat(idle.rest()).isEmpty();
            Until.holds("new connections are refused", this::refused);
            server.routes.release();

            assertThat(busy.answer().body()).isEqualTo("released");
            assertThat(waited.answer().body()).isEqualTo("released");
            stopping.join();
            assertThat(busy.rest()).isEmpty();
        }
    }

    @Test
    @DisplayName("X4 the last answer says so, and its client is not waited for")
    void lastAnswerEndsTheConnection() throws Exception {
        try (RawClient keeping = server.client()) {
            keeping.request("GET", "/held");
            assertThat(server.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            long began = System.nanoTime();
            var stopping = Thread.ofVirtual().start(server::close);
            Until.holds("new connections are refused", this::refused);

            server.routes.release();

            assertThat(keeping.answer().header("Connection")).contains("close");
            stopping.join();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(GRACE.dividedBy(2));
        }
    }

    @Test
    @DisplayName("X4 a request that does not end is cut at the end of the grace")
    void endlessRequestIsCut() throws Exception {
        TestServer hasty = TestServer.start(TestServer.config().withGrace(Duration.ofMillis(300)));
        try (RawClient client = hasty.client()) {
            client.request("GET", "/held");
            assertThat(hasty.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();

            hasty.close();

            assertThat(client.rest()).doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    @DisplayName("X4 a client who waits for a place while the server stops is let go; nobody is woken")
    void waitingForAPlaceAtTheStop() throws Exception {
        try (var log = new CapturedLog();
                TestServer full = TestServer.start(TestServer.config().withConnections(2));
                RawClient staying = full.client();
                RawClient leaving = full.client()) {
            staying.request("GET", "/held");
            leaving.request("GET", "/wait");
            assertThat(full.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(full.routes.waiting.poll(20, TimeUnit.SECONDS)).isNotNull();
            try (RawClient next = full.client()) {
                Until.holds("the server is full", () -> !log.complaints().isEmpty());
                var stopping = Thread.ofVirtual().start(full::close);
                Until.holds("new connections are refused", () -> refused(full));

                leaving.reset();

                assertThat(next.rest()).isEmpty();
                full.routes.release();
                assertThat(staying.answer().body()).isEqualTo("released");
                stopping.join();
            }
            assertThat(log.complaints()).singleElement().asString().contains("event=connections_full");
        }
    }

    @Test
    @DisplayName("X4 that the listener's socket was closed before it accepts is no error; that it cannot accept is one")
    void socketClosedAtTheStop() throws Exception {
        var listener = System.getLogger("io.helidon.webserver.ServerListener");
        var closed = new ServerSocket();
        closed.close();
        try (var log = new CapturedLog()) {
            listener.log(Level.ERROR, "while listening", catchThrowable(closed::accept));
            assertThat(log.records()).isEmpty();

            listener.log(Level.ERROR, "while listening", new SocketException("Too many open files"));
            listener.log(Level.ERROR, "while listening", new OutOfMemoryError());
            assertThat(log.complaints()).hasSize(2);
        }
    }

    @Test
    void closingTwiceIsClosingOnce() {
        server.close();
        server.close();

        assertThatExceptionOfType(IOException.class).isThrownBy(server::client);
    }

    private boolean refused() {
        return refused(server);
    }

    private static boolean refused(TestServer by) {
        try (RawClient late = by.client()) {
            return late.request("GET", "/text").rest().isEmpty();
        } catch (IOException refused) {
            return true;
        }
    }
}
