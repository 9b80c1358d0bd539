package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.LogLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requests that came through a proxy, over real sockets.
@Timeout(60)
final class ProxyTest {
    private static final Set<String> PUBLIC = Set.of("chat.example", "chat.example:8443");

    @Test
    void accessLogShowsTheClient() throws Exception {
        try (var log = new LogLines();
                var server = trusting("127.0.0.0/8")) {
            assertThat(status(server, "Host: chat.example", "X-Forwarded-For: 6.6.6.6, 198.51.100.7"))
                    .isEqualTo(200);

            Until.holds("an access line", () -> !log.accesses().isEmpty());
            assertThat(log.accesses()).singleElement().asString().endsWith(" client=198.51.100.7");
        }
    }

    @Test
    void accessLogIsNotFooledByOthers() throws Exception {
        try (var log = new LogLines();
                var server = trusting("10.0.0.0/8")) {
            assertThat(status(
                            server, "Host: localhost", "X-Forwarded-For: 198.51.100.7", "Forwarded: for=198.51.100.7"))
                    .isEqualTo(200);

            Until.holds("an access line", () -> !log.accesses().isEmpty());
            assertThat(log.accesses()).singleElement().asString().doesNotContain("198.51.100.7");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host: chat.example,X-A: b,200",
        "Host: chat.example:8443,X-A: b,200",
        "Host: chat.example:9999,X-A: b,421",
        "Host: backend.internal,X-Forwarded-Host: chat.example,200",
        "Host: backend.internal,X-Forwarded-Host: Chat.Example:8443,200",
        "Host: backend.internal,Forwarded: for=198.51.100.7;host=chat.example,200",
        "Host: chat.example,X-Forwarded-Host: evil.example,421",
        "Host: chat.example,Forwarded: host=evil.example,421",
        "Host: backend.internal,X-A: b,421"
    })
    @DisplayName("X7 the host rules look at the host that a trusted proxy was asked for")
    void forwardedHostIsChecked(String host, String more, int status) throws Exception {
        try (var server = trusting("127.0.0.1")) {
            assertThat(status(server, host, more)).isEqualTo(status);
        }
    }

    @Test
    @DisplayName("X7 a forwarded host from elsewhere does not make up for a foreign Host")
    void forwardedHostFromElsewhereIsIgnored() throws Exception {
        try (var server = trusting("10.0.0.0/8")) {
            assertThat(status(server, "Host: evil.example", "X-Forwarded-Host: chat.example"))
                    .isEqualTo(421);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://chat.example,200", "http://chat.example,403", "https://evil.example,403"})
    @DisplayName("X7 a page's origin must be the public one, scheme included")
    void originIsComparedWithWhatTheClientUsed(String origin, int status) throws Exception {
        try (var server = trusting("127.0.0.1")) {
            assertThat(status(
                            server,
                            "Host: backend",
                            "X-Forwarded-Host: chat.example",
                            "X-Forwarded-Proto: https",
                            "Origin: " + origin))
                    .isEqualTo(status);
        }
    }

    private static EdgeServer trusting(String proxies) {
        return new EdgeServer(new HttpConfig.Edge(null, AddressRanges.of(List.of(proxies))), PUBLIC);
    }

    private static int status(EdgeServer server, String... headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "GET /text HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }
}
