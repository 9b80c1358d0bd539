package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS handshakes that fail, stall or drip, at a service that has two connections to give.
@Timeout(60)
final class HandshakeTest {
    private static final int CONNECTIONS = 2;
    private static final Duration LIMIT = Duration.ofMillis(800);
    /// What a ClientHello begins with: a record of 512 bytes that never come.
    private static final byte[] BEGINNING = {22, 3, 1, 2, 0, 1};

    @TempDir
    static Path directory;

    private static TestPem pem;
    private static EdgeServer server;

    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        pem = TestPem.in(directory, "EC");
        var edge = new HttpConfig.Edge(PemIdentity.read(pem.certificate(), pem.key()), AddressRanges.NONE);
        server = new EdgeServer(edge, Set.of(), CONNECTIONS, LIMIT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void disconnect() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
    }

    @Test
    @DisplayName("X1 handshakes that fail use up no connection")
    void failedHandshakesUseUpNothing() throws Exception {
        for (int i = 0; i < 5 * CONNECTIONS; i++) {
            Socket plain = connect();
            plain.getOutputStream().write("GET /text HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            awaitEnd(plain);
        }

        assertThat(text()).isEqualTo("hello");
    }

    @Test
    @DisplayName("X1 handshakes that never end are given up, and others served")
    void stalledHandshakesAreGivenUp() throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            connect().getOutputStream().write(BEGINNING, 0, i * BEGINNING.length);
        }

        assertThat(text()).isEqualTo("hello");

        for (Socket each : sockets) {
            awaitEnd(each);
        }
    }

    @Test
    @DisplayName("X1 a handshake that drips does not gain time by it")
    void drippingHandshakeIsGivenUp() throws Exception {
        Socket slow = connect();
        slow.getOutputStream().write(BEGINNING);
        var dripping = Thread.ofVirtual().start(() -> drip(slow));

        awaitEnd(slow);

        dripping.interrupt();
        dripping.join();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /// Reads until the server closes, with an alert or without one.
    private static void awaitEnd(Socket socket) throws IOException {
        try {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("hello");
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    /// Asks as often as it takes: on a machine that stands still for a moment an honest handshake is given up too.
    private static String text() throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(pem.clients()).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/text"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            while (true) {
                try {
                    return client.send(request, BodyHandlers.ofString()).body();
                } catch (SSLException | SocketException givenUp) {
                    // once more, until this test's time is up
                }
            }
        }
    }

    private static void drip(Socket slow) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                slow.getOutputStream().write(0);
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException over) {
            // the server has had enough
        }
    }
}
