package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the HTTP layer promises of connections, over TLS.
@Timeout(60)
final class TlsTest {
    @TempDir
    static Path directory;

    private static TestPem pem;
    private static EdgeServer server;

    @BeforeAll
    static void start() throws Exception {
        pem = TestPem.in(directory, "RSA");
        var identity = PemIdentity.read(pem.certificate(), pem.key());
        server = new EdgeServer(new HttpConfig.Edge(identity, AddressRanges.NONE), Set.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void servesHttps(String protocol) throws Exception {
        try (var client = HttpClient.newBuilder()
                .sslContext(pem.clients())
                .sslParameters(new SSLParameters(null, new String[] {protocol}))
                .build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/text"));

            for (int i = 0; i < 2; i++) {
                assertThat(client.send(request.build(), BodyHandlers.ofString()).body())
                        .isEqualTo("hello");
            }
        }
        assertThat(server.scheme()).isEqualTo("https");
    }

    @Test
    void elliptic() throws Exception {
        TestPem other = TestPem.in(directory, "EC");
        var identity = PemIdentity.read(other.certificate(), other.key());
        try (var elliptic = new EdgeServer(new HttpConfig.Edge(identity, AddressRanges.NONE), Set.of());
                var client = HttpClient.newBuilder().sslContext(other.clients()).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://localhost:" + elliptic.port() + "/text"));

            assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void plainRequestIsNotAnswered() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(head("/text"));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).doesNotContain("hello");
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void departureIsNoticed() throws Exception {
        SSLSocket client = connect(0);
        client.getOutputStream().write(head("/wait"));
        assertSays("waiting");

        client.close();

        assertSays("gone");
    }

    @Test
    void halfCloseIsADeparture() throws Exception {
        try (SSLSocket client = connect(0)) {
            client.getOutputStream().write(head("/wait"));
            assertSays("waiting");

            client.shutdownOutput();

            assertSays("gone");
        }
    }

    @Test
    void departureWithoutAWordIsNoticed() throws Exception {
        var raw = new Socket(InetAddress.getLoopbackAddress(), server.port());
        var client = (SSLSocket) pem.clients().getSocketFactory().createSocket(raw, "localhost", server.port(), true);
        client.getOutputStream().write(head("/wait"));
        assertSays("waiting");

        raw.close();

        assertSays("gone");
    }

    @Test
    void stuckReaderIsCutOff() throws Exception {
        try (SSLSocket client = connect(4 << 10)) {
            client.getOutputStream().write(head("/flood"));
            assertSays("waiting");
            long since = System.nanoTime();

            assertSays("gone"); // nothing is read: the write is stuck until the limit

            assertThat(Duration.ofNanos(System.nanoTime() - since)).isGreaterThan(EdgeServer.WRITE_LIMIT);
        }
    }

    private static SSLSocket connect(int receiveBufferBytes) throws IOException {
        var client = (SSLSocket) pem.clients().getSocketFactory().createSocket();
        if (receiveBufferBytes > 0) {
            client.setReceiveBufferSize(receiveBufferBytes);
        }
        client.setSoTimeout(20_000);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return client;
    }

    private static byte[] head(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertSays(String what) throws InterruptedException {
        assertThat(server.said.poll(20, TimeUnit.SECONDS)).isEqualTo(what);
    }
}
