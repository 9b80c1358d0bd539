package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.replay.Together;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The JDK's client as people use it: it offers HTTP/2, keeps connections and sends chunks.
@Timeout(60)
final class OrdinaryClientTest {
    private static final TestServer SERVER = TestServer.start();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @AfterAll
    static void stop() {
        CLIENT.close();
        SERVER.close();
    }

    @Test
    @DisplayName("an offer of HTTP/2 is not taken up, with and without a body")
    void offerOfHttp2() throws Exception {
        HttpResponse<String> get = CLIENT.send(request("/text").build(), BodyHandlers.ofString());
        HttpResponse<String> post = CLIENT.send(
                request("/raw").POST(BodyPublishers.ofString("hello")).build(), BodyHandlers.ofString());

        assertThat(get.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(get.body()).isEqualTo("hello");
        assertThat(post.body()).isEqualTo("5");
    }

    @Test
    void bodyOfUnknownLength() throws Exception {
        byte[] body = "x".repeat(9_999).getBytes(StandardCharsets.US_ASCII);
        var request = request("/raw")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        assertThat(CLIENT.send(request, BodyHandlers.ofString()).body()).isEqualTo("9999");
    }

    @Test
    void manyAtOnce() throws Exception {
        List<String> answers = Together.run(200, number -> {
            HttpRequest request = number % 2 == 0
                    ? request("/things/" + number).build()
                    : request("/raw")
                            .POST(BodyPublishers.ofString("x".repeat(number)))
                            .build();
            return CLIENT.send(request, BodyHandlers.ofString()).body();
        });

        for (int i = 0; i < 200; i++) {
            assertThat(answers.get(i)).isEqualTo(i % 2 == 0 ? "\"" + i + "\"" : Integer.toString(i));
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(SERVER.http.uri().resolve(path));
    }
}
