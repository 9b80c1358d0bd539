package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class MethodsTest {
    @RegisterExtension
    static final Served SERVED = Served.by(TestServer.config());

    private static final TestServer SERVER = SERVED.server;

    private final RawClient client = SERVED.connect();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/",
                "/text/",
                "//text",
                "/things",
                "/things/",
                "/things/1/2",
                "/TEXT",
                "/te%78t",
                "/health/nothing"
            })
    void unknownPathIsNotFound(String path) throws IOException {
        RawAnswer answer = client.request("GET", path).answer();

        assertThat(answer.problem(404).path("instance").asText()).isEqualTo(path);
        assertThat(client.request("GET", "/text").answer().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/things/a%20b, a b",
        "/things/a+b, a+b",
        "/things/%C3%A4, \u00e4",
        "/things/a%2Fb, a/b",
        "/things/special, literal",
        "/things/other?special, other",
    })
    void pathParameterIsDecodedOnce(String path, String expected) throws IOException {
        assertThat(client.request("GET", path).answer().json().asText()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/things/%", "/things/%2", "/things/%zz"})
    void malformedPercentEncodingIsRefused(String path) throws IOException {
        client.request("GET", path).answer().problem(400);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "a/b?c@d, a/b?c@d",
        "-._~!$'()*;, -._~!$'()*;",
        "a=b, a=b",
        "%41%c3%a4, A\u00e4",
        "'a,b', 'a,b'",
    })
    void queryIsWhateverAQueryMayBe(String raw, String expected) throws IOException {
        assertThat(client.request("GET", "/query?q=" + raw).answer().json().asText())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<", ">", "\"", "\\", "^", "`", "{", "|", "}", "[", "]", "#", "a#b", "%", "%4", "%zz", "\u007f",
                "\u0080"
            })
    void queryThatIsNoneIsRefused(String raw) throws IOException {
        client.request("GET", "/query?q=" + raw).answer().problem(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /things/1 | DELETE, GET, HEAD, OPTIONS",
                "POST   | /things/1 | DELETE, GET, HEAD, OPTIONS",
                "POST   | /text     | GET, HEAD, OPTIONS",
                "GET    | /raw      | OPTIONS, POST",
                "HEAD   | /raw      | OPTIONS, POST",
                "TRACE  | /text     | GET, HEAD, OPTIONS",
                "BREW   | /text     | GET, HEAD, OPTIONS",
            })
    @DisplayName("X1 a method that is not possible is told which are")
    void wrongMethod(String method, String path, String allowed) throws IOException {
        client.request(method, path);
        RawAnswer answer = method.equals("HEAD") ? client.headAnswer() : client.answer();

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains(allowed);
        assertThat(client.request("GET", "/text").answer().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/text, 200", "/nowhere, 404", "/things/1, 200", "/fail, 500"})
    @DisplayName("R11 HEAD is GET without its body")
    void headIsGetWithoutBody(String path, int status) throws IOException {
        RawAnswer get = client.request("GET", path, "X-Request-Id: same").answer();
        RawAnswer head = client.request("HEAD", path, "X-Request-Id: same").headAnswer();

        assertThat(get.status()).isEqualTo(status);
        assertThat(head.status()).isEqualTo(status);
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(client.request("GET", "/text").answer().body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
    @DisplayName("R11 health paths have methods like all others")
    void healthHasMethods(String path) throws IOException {
        assertThat(client.request("GET", path).answer().status()).isEqualTo(200);
        assertThat(client.request("HEAD", path).headAnswer().status()).isIn(200, 204);
        assertThat(client.request("OPTIONS", path).answer().header("Allow")).contains("GET, HEAD, OPTIONS");
        RawAnswer post = client.post(path, "{}").answer();
        post.problem(405);
        assertThat(post.header("Allow")).contains("GET, HEAD, OPTIONS");
    }

    @Test
    void headAnnouncesTheLength() throws IOException {
        assertThat(client.request("HEAD", "/text").headAnswer().header("Content-Length"))
                .contains("5");
    }

    @Test
    @DisplayName("R11 HEAD of a stream ends at once and opens none")
    void headOfAStream() throws IOException {
        RawAnswer answer = client.request("HEAD", "/stream").headAnswer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(SERVER.http.counts().openStreams()).isZero();
        assertThat(client.request("GET", "/text").answer().body()).isEqualTo("hello");
    }

    @Test
    void optionsTellsWhatIsPossible() throws IOException {
        RawAnswer answer = client.request("OPTIONS", "/things/1").answer();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).contains("DELETE, GET, HEAD, OPTIONS");
        assertThat(answer.header("Access-Control-Allow-Methods")).isEmpty();
        assertThat(client.request("OPTIONS", "/nowhere").answer().status()).isEqualTo(404);
    }

    @Test
    void noContentHasNone() throws IOException {
        RawAnswer answer = client.request("DELETE", "/things/1").answer();

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Transfer-Encoding")).isEmpty();
        assertThat(client.request("GET", "/text").answer().body()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kept", "a b/c=\"d\"", "~"})
    void requestIdIsKept(String id) throws IOException {
        assertThat(client.request("GET", "/text", "X-Request-Id: " + id)
                        .answer()
                        .header("X-Request-Id"))
                .contains(id);
    }

    @Test
    void longestRequestIdIsKept() throws IOException {
        String longest = "x".repeat(128);

        assertThat(client.request("GET", "/text", "X-Request-Id: " + longest)
                        .answer()
                        .header("X-Request-Id"))
                .contains(longest);
    }

    @Test
    @DisplayName("X1 a request id that is too long, empty or not printable is replaced")
    void otherRequestIdIsReplaced() throws IOException {
        for (String id : new String[] {"x".repeat(129), "", "tab\there", "\u00e4"}) {
            try (RawClient each = SERVER.client()) {
                RawAnswer answer =
                        each.request("GET", "/text", "X-Request-Id: " + id).answer();

                assertThat(answer.header("X-Request-Id").orElse("")).matches("req_[0-9a-f]{32}|");
            }
        }
    }

    @Test
    void eachRequestHasItsOwnId() throws IOException {
        String first =
                client.request("GET", "/text").answer().header("X-Request-Id").orElse("");
        String second =
                client.request("GET", "/text").answer().header("X-Request-Id").orElse("");

        assertThat(first).matches("req_[0-9a-f]{32}").isNotEqualTo(second);
    }
}
