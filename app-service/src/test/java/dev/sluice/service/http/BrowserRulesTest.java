package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class BrowserRulesTest {
    private static final String FRIEND = "https://friend.example";

    @RegisterExtension
    static final Served SERVED = Served.by(TestServer.config()
            .withCorsOrigins(Set.of(FRIEND))
            .withHostNames(Set.of("sluice.internal", "proxied:443")));

    private static final TestServer SERVER = SERVED.server;
    private static final String GOOD = "{\"name\":\"a\",\"count\":1,\"flag\":true}";

    private final RawClient client = SERVED.connect();
    private final int acceptedBefore = SERVER.routes.accepted.get();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:PORT",
                "LocalHost:PORT",
                "localhost",
                "127.0.0.1:PORT",
                "[::1]:PORT",
                "[::1]",
                "sluice.internal",
                "Sluice.Internal:PORT",
                "proxied:443"
            })
    @DisplayName("X7 our own names are answered")
    void ownHost(String host) throws IOException {
        assertThat(withHost(host).answer().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "localhost:1",
                "localhost.",
                "localhost.evil.example:PORT",
                "127.0.0.1.evil.example",
                "127.0.0.2:PORT",
                "2130706433:PORT",
                "0.0.0.0:PORT",
                "[::ffff:127.0.0.1]:PORT",
                "proxied",
                "",
            })
    @DisplayName("X7 other names are misdirected, DNS rebinding among them")
    void foreignHost(String host) throws IOException {
        withHost(host).answer().problem(421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user@localhost:PORT",
                "localhost:PORT, evil.example",
                "localhost:port",
                "local host",
                "localhost:PORT/x"
            })
    @DisplayName("X7 what is no Host is refused")
    void malformedHost(String host) throws IOException {
        RawAnswer answer = withHost(host).answer();

        assertThat(answer.status()).isIn(400, 421);
        answer.problem(answer.status());
    }

    @Test
    @DisplayName("X7 a missing Host is refused")
    void missingHost() throws IOException {
        client.send("GET /text HTTP/1.1\r\n\r\n").answer().problem(421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "evil.example"})
    @DisplayName("X7 a second Host is refused, the same one too")
    void duplicateHost(String second) throws IOException {
        client.request("GET", "/text", "Host: " + second).answer().problem(421);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/text",
                "http://localhost:1/text",
                "https://evil.example/",
                "//evil.example/text"
            })
    @DisplayName("X7 an absolute target of another host finds nothing")
    void absoluteTarget(String target) throws IOException {
        RawAnswer answer = client.request("GET", target).answer();

        assertThat(answer.status()).isIn(400, 404, 421);
        answer.problem(answer.status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "",
                "http://localhost:1",
                "https://friend.example.evil.example",
                "https://friend.example:8443",
                "http://friend.example",
                "ftp://localhost:PORT",
                "file://",
                "localhost:PORT",
                "http://127.0.0.1:PORT",
                "http://user@localhost:PORT",
                "https://friend.example https://evil.example",
                "http://[",
            })
    @DisplayName("X7 pages of other origins are refused and change nothing")
    void foreignOrigin(String origin) throws IOException {
        RawAnswer answer =
                client.post("/thing", GOOD, "Origin: " + here(origin)).answer();

        answer.problem(403);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertNothingAccepted();
    }

    @Test
    @DisplayName("X7 two origins are refused")
    void twoOrigins() throws IOException {
        client.post("/thing", GOOD, "Origin: " + FRIEND, "Origin: https://evil.example")
                .answer()
                .problem(403);

        assertNothingAccepted();
    }

    @Test
    void ownPagesMayAsk() throws IOException {
        assertThat(client.post("/thing", GOOD, here("Origin: http://localhost:PORT"), "Sec-Fetch-Site: same-origin")
                        .answer()
                        .status())
                .isEqualTo(200);
        assertThat(client.post("/thing", GOOD, here("Origin: HTTP://LOCALHOST:PORT".replace("HTTP", "http")))
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"cross-site, 403", "same-site, 403", "Cross-Site, 403", "'', 403", "same-origin, 200", "none, 200"})
    @DisplayName("X7 what the browser says of the asking site counts, without an Origin too")
    void fetchSite(String site, int status) throws IOException {
        assertThat(client.request("GET", "/text", "Sec-Fetch-Site: " + site)
                        .answer()
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"})
    @DisplayName("X7 a form's post to a JSON path changes nothing")
    void formPost(String type) throws IOException {
        client.send(client.head("POST", "/thing", "Content-Type: " + type, "Content-Length: " + GOOD.length()) + "\r\n"
                + GOOD);

        client.answer().problem(415);

        assertNothingAccepted();
    }

    @Test
    void listedOriginMayAskAndRead() throws IOException {
        RawAnswer answer = client.post("/thing", GOOD, "Origin: " + FRIEND, "Sec-Fetch-Site: cross-site")
                .answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(FRIEND);
        assertThat(answer.header("Vary")).contains("Origin");
        assertThat(answer.header("Access-Control-Expose-Headers").orElse("")).contains("X-Request-Id", "Sluice-Role");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void listedOriginReadsErrorsToo() throws IOException {
        assertThat(client.request("GET", "/nowhere", "Origin: " + FRIEND)
                        .answer()
                        .header("Access-Control-Allow-Origin"))
                .contains(FRIEND);
    }

    @Test
    void preflightOfAListedOriginIsAnswered() throws IOException {
        RawAnswer answer = client.request(
                        "OPTIONS",
                        "/thing",
                        "Origin: " + FRIEND,
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: content-type,x-org-id")
                .answer();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(FRIEND);
        assertThat(answer.header("Access-Control-Allow-Methods").orElse("")).contains("POST");
        assertThat(answer.header("Access-Control-Allow-Headers").orElse("")).contains("Content-Type", "x-org-id");
    }

    @Test
    @DisplayName("X7 a preflight of another origin is refused")
    void foreignPreflight() throws IOException {
        client.request("OPTIONS", "/thing", "Origin: https://evil.example", "Access-Control-Request-Method: POST")
                .answer()
                .problem(403);
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, /api/ops/act", "GET, /api/ops/view", "GET, /api/ops"})
    @DisplayName("X7 a listed origin never reaches operations")
    void listedOriginAndOperations(String method, String path) throws IOException {
        RawAnswer answer = client.request(method, path, "Origin: " + FRIEND, "Access-Control-Request-Method: POST")
                .answer();

        answer.problem(403);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    private RawClient withHost(String host) throws IOException {
        return client.send("GET /text HTTP/1.1\r\nHost: " + here(host) + "\r\n\r\n");
    }

    private static String here(String text) {
        return text.replace("PORT", Integer.toString(SERVER.port()));
    }

    private void assertNothingAccepted() {
        assertThat(SERVER.routes.accepted).hasValue(acceptedBefore);
    }
}
