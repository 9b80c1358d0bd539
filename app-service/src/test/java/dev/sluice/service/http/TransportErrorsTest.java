package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused before it is a request: also as a problem document, without the client's bytes.
@Timeout(60)
final class TransportErrorsTest {
    private static final TestServer SERVER = TestServer.start();

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
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "GET",
                "GET ",
                "GET  HTTP/1.1",
                "GET /text",
                "GET /text HTTP/1.0",
                "GET /text HTTP/2.0",
                "GET /text HTTP/1.1 ",
                "GET /text http/1.1",
                "GET /te xt HTTP/1.1",
                "GET /text?<script> HTTP/1.1",
                "GET /t\u0000xt HTTP/1.1",
                "G(T /text HTTP/1.1",
                "G\u0007T /text HTTP/1.1",
                "PRI * HTTP/2.0",
                "\u0016\u0003\u0001\u0002",
            })
    @DisplayName("X1 a bad request line is answered with a problem that repeats none of it")
    void badRequestLine(String line) throws IOException {
        client.send(line + "\r\nHost: localhost:" + SERVER.port() + "\r\nX-Secret: 5e4d\r\n\r\n");

        RawAnswer answer = client.answer();

        answer.problem(400);
        assertThat(answer.header("Connection")).contains("close");
        assertThat(answer.body()).doesNotContain("script", "5e4d", "nonsense");
        client.halfClose();
        assertThat(client.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                "Na me: x",
                "N\u00e4me: x",
                "Name: a\u0001b",
                "Name: a\nb",
                "Name: a\rb",
                " Folded: x",
            })
    void badHeader(String header) throws IOException {
        client.request("GET", "/text", header).answer().problem(400);
    }

    @Test
    @DisplayName("X1 headers that are too large are answered with 431, without end as well")
    void oversizedHeaders() throws IOException {
        client.request("GET", "/text", "X-Large: " + "x".repeat(20_000))
                .answer()
                .problem(431);

        try (RawClient endless = SERVER.client()) {
            endless.send(endless.head("GET", "/text") + "X-Large: " + "x".repeat(20_000));
            endless.answer().problem(431);
        }
    }

    @Test
    @DisplayName("X1 a flood of small headers is answered with 431")
    void headerFlood() throws IOException {
        var flood = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            flood.append("X-").append(i).append(": x\r\n");
        }

        client.send(client.head("GET", "/text") + flood + "\r\n");

        client.answer().problem(431);
    }

    @Test
    @DisplayName("X1 a target that is too long is answered with 414, without end as well")
    void oversizedTarget() throws IOException {
        client.request("GET", "/" + "x".repeat(10_000)).answer().problem(414);

        try (RawClient endless = SERVER.client()) {
            endless.send("GET /" + "x".repeat(10_000));
            endless.answer().problem(414);
        }
    }

    @Test
    void requestIdIsKeptWhereTheHeadersAreKnown() throws IOException {
        RawAnswer answer = client.request("GET", "/text", "Host: twice", "X-Request-Id: mine")
                .answer();

        answer.problem(421);
        assertThat(answer.header("X-Request-Id")).contains("mine");
    }

    @Test
    void headOfATransportErrorHasNoBody() throws IOException {
        client.request("HEAD", "/text", "Host: twice");

        assertThat(client.headAnswer().status()).isEqualTo(421);
        client.halfClose();
        assertThat(client.rest()).isEmpty();
    }

    @Test
    @DisplayName("X2 an unexpected failure tells nothing but the request id")
    void failureOfOurs() throws IOException {
        RawAnswer answer =
                client.request("GET", "/fail", "X-Request-Id: look-me-up").answer();

        JsonNode problem = answer.problem(500);
        assertThat(problem.path("detail").asText()).contains("look-me-up").doesNotContain("secret");
        assertThat(client.request("GET", "/text").answer().status()).isEqualTo(200);
    }

    @Test
    void explainedFailureIsAnAnswer() throws IOException {
        RawAnswer answer = client.request("GET", "/full").answer();

        assertThat(answer.problem(503).path("detail").asText()).isEqualTo("The disk is full.");
        assertThat(answer.header("Retry-After")).contains("7");
    }
}
