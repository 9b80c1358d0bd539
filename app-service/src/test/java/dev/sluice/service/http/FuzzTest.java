package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.sluice.service.auth.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Requests that were good once, damaged at random: the same damage in every run.
@Timeout(60)
final class FuzzTest {
    private static final int CONNECTIONS = 250;
    private static final Pattern ERROR_OF_OURS = Pattern.compile("HTTP/1\\.1 5\\d\\d ");
    private static final String[] SNIPPETS = {
        "\r\n",
        "\n",
        "\r",
        "\0",
        ":",
        " ",
        "%",
        "%00",
        "/../",
        "?",
        "#",
        "\"",
        "\\u0000",
        "{",
        "[",
        "]",
        "}",
        ",",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Host: x\r\n",
        "Expect: 100-continue\r\n",
        "Connection: close\r\n",
        "Upgrade: h2c\r\n",
        "0\r\n\r\n",
        "ffffffff\r\n",
        "\u00ff\u00fe",
        "9999999999999999999",
        "-1"
    };

    @TempDir
    private Path directory;

    private TestServer server;
    private CapturedLog log;
    private int dumps;

    @BeforeEach
    void start() {
        server = TestServer.start();
        log = new CapturedLog();
    }

    @AfterEach
    void stop() {
        log.close();
        server.close();
    }

    @RepeatedTest(4)
    @DisplayName("X1 damaged requests: no error of ours, no hang, no thread left, and the next client is served")
    void damagedRequests(RepetitionInfo repetition) throws IOException {
        var random = new Random(repetition.getCurrentRepetition());
        List<byte[]> good = good();

        for (int i = 0; i < CONNECTIONS; i++) {
            byte[] damaged = damage(good.get(random.nextInt(good.size())), random);
            String answers = exchange(damaged, random.nextInt(10));

            assertThat(answers)
                    .as("connection %d of seed %d: %s", i, repetition.getCurrentRepetition(), printable(damaged))
                    .matches(all -> all.isEmpty() || all.startsWith("HTTP/1.1 "), "answers")
                    .doesNotContainPattern(ERROR_OF_OURS);
        }

        try (RawClient next = server.client()) {
            assertThat(next.request("GET", "/text").answer().body()).isEqualTo("hello");
        }
        assertThat(log.complaints()).isEmpty();
        Until.holds("no stream is open", () -> server.http.counts().openStreams() == 0);
        Until.holds("all threads of connections have ended", () -> threadsOfConnections() == 0);
    }

    /// Sends bytes and leaves: mostly politely, now and then without waiting for an answer.
    private String exchange(byte[] bytes, int manner) throws IOException {
        try (RawClient client = server.client()) {
            if (manner == 0) {
                client.send(bytes).reset();
                return "";
            }
            try {
                client.send(bytes).halfClose();
            } catch (SocketException hungUp) {
                // the server refused while we were sending
            }
            return client.rest();
        }
    }

    private List<byte[]> good() throws IOException {
        String bearer = "Authorization: Bearer " + server.tokens.issue(Role.OPERATOR, null);
        String json = "{\"name\":\"a\",\"count\":1,\"flag\":true,\"tags\":[\"x\",\"\u00e4\"]}";
        String type = "Content-Type: application/json";
        var requests = new ArrayList<byte[]>();
        try (RawClient client = server.client()) {
            String end = "\r\n";
            Stream.of(
                            client.head("GET", "/text", "X-Request-Id: abc") + end,
                            client.head("GET", "/things/a%20b?limit=5&x=%41") + end,
                            client.head("POST", "/thing", type, "Content-Length: 48") + end + json,
                            client.head("POST", "/thing", type, "Transfer-Encoding: chunked")
                                    + "\r\n10\r\n" + json.substring(0, 16) + "\r\n20\r\n" + json.substring(16, 48)
                                    + "\r\n0\r\n\r\n" + client.head("GET", "/text") + end,
                            client.head("POST", "/raw", "Content-Length: 5", "Expect: 100-continue") + "\r\nhello",
                            client.head("POST", "/unread", "Content-Length: 5") + "\r\nhello",
                            client.head("POST", "/api/ops/act", bearer, "Content-Length: 0") + end,
                            client.head("GET", "/api/threads/mine", "x-org-id: acme") + end,
                            client.head("GET", "/stream", "Last-Event-ID: e:1") + end,
                            client.head("GET", "/health/ready", "Connection: close") + end,
                            client.head("OPTIONS", "/thing", "Origin: null", "Access-Control-Request-Method: POST")
                                    + end)
                    .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                    .forEach(requests::add);
        }
        return requests;
    }

    private static byte[] damage(byte[] good, Random random) {
        var text = new StringBuilder(new String(good, StandardCharsets.ISO_8859_1));
        for (int times = random.nextInt(4); times >= 0 && !text.isEmpty(); times--) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + 1 + random.nextInt(20));
            switch (random.nextInt(7)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, to);
                case 2 -> text.insert(at, SNIPPETS[random.nextInt(SNIPPETS.length)]);
                case 3 -> text.insert(at, text.substring(at, to));
                case 4 -> text.setLength(at);
                case 5 -> text.insert(at, text.substring(at, to).repeat(2000));
                default -> text.replace(at, to, SNIPPETS[random.nextInt(SNIPPETS.length)]);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Virtual threads are listed by a dump alone.
    private long threadsOfConnections() {
        Path dump = directory.resolve("threads-" + dumps++);
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            return Files.readAllLines(dump).stream()
                    .filter(line -> line.contains("\"http-read-ahead\"") || line.contains(" WebServer socket\""))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String printable(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\r", "\\r")
                .replace("\n", "\\n\n");
        return text.substring(0, Math.min(600, text.length()));
    }
}
