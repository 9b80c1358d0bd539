package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.auth.Role;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class LogTest {
    private CapturedLog log;
    private TestServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start();
        client = server.client();
        log = new CapturedLog();
    }

    @AfterEach
    void stop() throws IOException {
        log.close();
        client.close();
        server.close();
    }

    @Test
    @DisplayName("X2 each answer has one line: no query, no body, no token")
    void accessLine() throws IOException {
        String token = server.tokens.issue(Role.CLIENT, "acme");

        client.request("GET", "/client?secret=1", "Authorization: Bearer " + token, "X-Request-Id: id-1")
                .answer();

        Until.holds("an access line", () -> !log.accesses().isEmpty());
        assertThat(log.accesses())
                .singleElement()
                .asString()
                .matches("method=GET path=/client status=200 ms=\\d+ bytes=[1-9]\\d* request_id=id-1 org=acme");
    }

    @Test
    void bytesAreThoseOfTheOneAnswer() throws IOException {
        client.request("GET", "/text", "X-Request-Id: a").answer();
        client.request("GET", "/text", "X-Request-Id: a").answer();

        Until.holds("two access lines", () -> log.accesses().size() == 2);
        List<String> bytes = log.accesses().stream()
                .map(line -> line.replaceAll(".* bytes=(\\d+) .*", "$1"))
                .toList();
        assertThat(bytes.getFirst()).isEqualTo(bytes.getLast());
    }

    @Test
    @DisplayName("X1 a client's text forges no field and no line")
    void forgedFields() throws IOException {
        client.request("GET", "/text%20status=200", "X-Request-Id: a status=200 org=b\"{")
                .answer();

        Until.holds("an access line", () -> !log.accesses().isEmpty());
        assertThat(log.accesses())
                .singleElement()
                .asString()
                .matches("method=GET path=/text%20status_200 status=404 ms=\\d+ bytes=\\d+"
                        + " request_id=a_status_200_org_b__ org=default");
    }

    @Test
    void longPathsAreCut() throws IOException {
        client.request("GET", "/" + "x".repeat(1000)).answer();

        Until.holds("an access line", () -> !log.accesses().isEmpty());
        assertThat(log.accesses().getFirst()).contains(" path=/" + "x".repeat(199) + " ");
    }

    @Test
    void refusedBeforeItIsARequest() throws IOException {
        client.send("nonsense\r\n\r\n").answer();

        Until.holds("an access line", () -> !log.accesses().isEmpty());
        assertThat(log.accesses()).singleElement().asString().contains(" status=400 ");
    }

    @Test
    @DisplayName("X2 what stands behind a question mark is not logged or repeated, in refused requests too")
    void queriesOfRefusedRequests() throws IOException {
        for (String line : List.of("GET /text?ticket=zebra HTTP/1.0", "GET /text?ticket=zebra<> HTTP/1.1")) {
            try (RawClient each = server.client()) {
                String answer = each.send(line + "\r\nHost: localhost:" + server.port() + "\r\n\r\n")
                        .answer()
                        .body();

                assertThat(answer).contains("\"instance\":\"/text\"").doesNotContain("zebra");
            }
        }
        Until.holds("access lines", () -> log.accesses().size() == 2);
        assertThat(log.accesses()).allMatch(line -> line.contains(" path=/text ") && !line.contains("zebra"));
    }

    static List<String> cutRequests() {
        String head = "POST /raw HTTP/1.1\r\nHost: localhost\r\n";
        return List.of(
                "",
                "PO",
                head,
                head + "Content-Length: 5",
                head + "Content-Length: 5\r\n\r\nhe",
                head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhe",
                head + "Transfer-Encoding: chunked\r\n\r\n5");
    }

    @ParameterizedTest
    @MethodSource("cutRequests")
    @DisplayName("X1 a client that breaks off is no error of ours: nobody is woken")
    void breakingOffIsQuiet(String part) throws IOException {
        String sent = part.replace("localhost", "localhost:" + server.port());
        for (int i = 0; i < 4; i++) {
            RawClient leaving = server.client();
            leaving.send(sent);
            if (i % 2 == 0) {
                leaving.reset();
            } else {
                leaving.halfClose();
                leaving.rest();
                leaving.close();
            }
        }
        client.request("GET", "/text").answer();
        client.close();
        server.close(); // ends what is still under way

        assertThat(log.complaints()).isEmpty();
        assertThat(log.accesses()).noneMatch(line -> line.contains(" status=5"));
    }

    @Test
    @DisplayName("X1 clients that leave while an answer is made or streamed are no error of ours either")
    void leavingIsQuiet() throws Exception {
        for (String path : List.of("/wait", "/stream", "/flood")) {
            for (int i = 0; i < 4; i++) {
                RawClient leaving = server.client();
                leaving.request("GET", path);
                server.routes.waiting.take();
                if (i % 2 == 0) {
                    leaving.reset();
                } else {
                    leaving.close();
                }
                server.routes.departed.take();
            }
        }
        client.close();
        server.close();

        assertThat(log.complaints()).isEmpty();
    }
}
