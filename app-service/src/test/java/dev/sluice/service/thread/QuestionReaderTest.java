package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.TokenRepository;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.HttpService;
import dev.sluice.service.store.TemporaryDatabase;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionReaderTest {
    private record Read(Question question, Duration deadline) {}

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>();
    private HttpService http;
    private HttpClient client;

    @BeforeEach
    void start() {
        var auth = new Auth(new TokenRepository(temporary.db()), InstantSource.system(), true);
        http = HttpService.start(
                HttpConfig.at("127.0.0.1", 0),
                auth,
                List.of(router -> router.post("/api/threads/{id}/messages", Access.CLIENT, this::read)),
                List.of(),
                _ -> Optional.empty());
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        http.close();
    }

    @Test
    void onlyContentIsNeeded() throws Exception {
        Question question = accepted("{\"content\":\" hi \"}", "X-Request-Id", "mine-1");

        assertThat(question)
                .isEqualTo(new Question(
                        "acme", "t1", null, " hi ", "user", null, null, null, "private", true, null, null, "mine-1",
                        true));
    }

    @Test
    void everyFieldIsRead() throws Exception {
        Question question = accepted("""
                {"user_id":"u","content":"hi","role":"system","provider":"OpenAI","model":"any/thing:1","reason":"why",
                 "scope":"shared","use_memory":false,"temperature":1}
                """, "Idempotency-Key", "k-1");

        assertThat(question)
                .isEqualTo(new Question(
                        "acme",
                        "t1",
                        "u",
                        "hi",
                        "system",
                        "OpenAI",
                        "any/thing:1",
                        "why",
                        "shared",
                        false,
                        null,
                        question.idempotencyKey(),
                        question.requestId(),
                        true));
        IdempotencyKey key = Objects.requireNonNull(question.idempotencyKey());
        assertThat(key.value()).isEqualTo("k-1");
        assertThat(key.bodyHash()).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id", "provider", "model"})
    void nameIsAtMost200CharactersAndBlankIsNone(String field) throws Exception {
        Question longest = accepted(message(field, "n".repeat(200)));
        Question blank = accepted(message(field, "  "));

        assertThat(Json.mapper().valueToTree(longest).path(field).asText()).hasSize(200);
        assertThat(Json.mapper().valueToTree(blank).path(field).isNull()).isTrue();
        refused(422, field, message(field, "n".repeat(201)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "content | {}",
                "content | {\"content\":null}",
                "content | {\"content\":\"\"}",
                "content | {\"content\":\" \\n\\t\"}",
                "content | {\"content\":1}",
                "content | {\"content\":true}",
                "content | {\"content\":[\"hi\"]}",
                "content | {\"content\":\"a\\u0000b\"}",
                "content | {\"content\":\"\\ud800\"}",
                "role | {\"content\":\"x\",\"role\":\"User\"}",
                "role | {\"content\":\"x\",\"role\":\"tool\"}",
                "role | {\"content\":\"x\",\"role\":\"\"}",
                "role | {\"content\":\"x\",\"role\":7}",
                "scope | {\"content\":\"x\",\"scope\":\"public\"}",
                "scope | {\"content\":\"x\",\"scope\":\"\"}",
                "use_memory | {\"content\":\"x\",\"use_memory\":\"yes\"}",
                "use_memory | {\"content\":\"x\",\"use_memory\":\"\"}",
                "use_memory | {\"content\":\"x\",\"use_memory\":1}",
                "user_id | {\"content\":\"x\",\"user_id\":7}",
                "model | {\"content\":\"x\",\"model\":4.1}",
                "reason | {\"content\":\"x\",\"reason\":{}}",
                "attachments[0].name | {\"content\":\"x\",\"attachments\":[{\"name\":1}]}"
            })
    @DisplayName("X1 a value that is not acceptable is refused by its field's name")
    void wrongValueIsRefused(String field, String body) throws Exception {
        refused(422, field, body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attachments | \"attachments\":[{\"type\":\"image\",\"url\":\"http://x/y\"}]",
                "attachments | \"attachments\":[{}],\"tools\":[{}]",
                "tools | \"tools\":[{\"type\":\"function\"}]",
                "tools | \"tools\":{\"a\":1}",
                "tools | \"tools\":\"auto\"",
                "tools | \"functions\":[{\"name\":\"f\"}]",
                "| \"attachments\":[],\"tools\":[],\"functions\":{}",
                "| \"attachments\":null,\"tools\":null,\"functions\":null"
            })
    @DisplayName("C12 attachments, tools and functions fly alone")
    void whatFliesAlone(String reason, String fields) throws Exception {
        Question question = accepted("{\"content\":\"x\"," + fields + "}");

        assertThat(question.bypassReason()).isEqualTo(Optional.ofNullable(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-cache | no-cache",
                "NO-CACHE | no-cache",
                "max-age=0, no-cache | no-cache",
                "no-cache , no-store | no-cache",
                "no-store |",
                "x-no-cache |"
            })
    @DisplayName("C12 Cache-Control: no-cache flies alone")
    void noCacheFliesAlone(String header, String reason) throws Exception {
        Question question = accepted("{\"content\":\"x\"}", "Cache-Control", header);

        assertThat(question.alone()).isEqualTo(reason);
    }

    @Test
    @DisplayName("C12 no-cache counts wherever it stands in a header that is sent in several lines")
    void noCacheInASecondLine() throws Exception {
        Question question = accepted("{\"content\":\"x\"}", "Cache-Control", "max-age=0", "Cache-Control", "no-cache");

        assertThat(question.alone()).isEqualTo("no-cache");
    }

    @Test
    @DisplayName("C13 an Idempotency-Key is 1 to 255 printable characters, sent once")
    void idempotencyKey() throws Exception {
        String body = "{\"content\":\"x\"}";

        assertThat(accepted(body, "Idempotency-Key", "!~" + "k".repeat(253)).idempotencyKey())
                .isNotNull()
                .extracting(IdempotencyKey::value, STRING)
                .hasSize(255);
        refused(400, "Idempotency-Key", body, "Idempotency-Key", "k".repeat(256));
        refused(400, "Idempotency-Key", body, "Idempotency-Key", "two words");
        refused(400, "Idempotency-Key", body, "Idempotency-Key", "");
        refused(400, "Idempotency-Key", body, "Idempotency-Key", "one", "Idempotency-Key", "two");
    }

    @Test
    @DisplayName("C13 the body's hash is that of its meaning")
    void bodyHashIsOfTheMeaning() throws Exception {
        String hash = bodyHash("{\"content\":\"x\",\"role\":\"user\"}");

        assertThat(bodyHash("{ \"role\" : \"user\",\n \"content\" : \"\\u0078\", \"unknown\": 1 }"))
                .isEqualTo(hash);
        assertThat(List.of(
                        hash,
                        bodyHash("{\"content\":\"y\",\"role\":\"user\"}"),
                        bodyHash("{\"content\":\"x\",\"role\":\"system\"}"),
                        bodyHash(message("user_id", "u")),
                        bodyHash(message("provider", "openai")),
                        bodyHash(message("model", "m")),
                        bodyHash(message("reason", "r")),
                        bodyHash(message("scope", "shared")),
                        bodyHash("{\"content\":\"x\",\"use_memory\":false}"),
                        bodyHash("{\"content\":\"x\",\"attachments\":[{\"name\":\"a\"}]}"),
                        bodyHash("{\"content\":\"x\",\"tools\":[{\"a\":1}]}"),
                        bodyHash("{\"content\":\"x\",\"functions\":[{\"a\":1}]}")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "600, 600", "' 30 ', 30", "007, 7"})
    void deadlineIsTheCallersOwn(String header, int seconds) throws Exception {
        assertThat(send("{\"content\":\"x\"}", "Request-Timeout", header).statusCode())
                .isEqualTo(200);
        assertThat(reads.take().deadline()).hasSeconds(seconds);
    }

    @Test
    void deadlineIsTwoMinutesUnlessSaid() throws Exception {
        send("{\"content\":\"x\"}");

        assertThat(reads.take().deadline()).hasMinutes(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "601", "1000", "-1", "1.5", "5s", "PT5S", ""})
    void deadlineOutOfBoundsIsRefused(String header) throws Exception {
        refused(400, "Request-Timeout", "{\"content\":\"x\"}", "Request-Timeout", header);
    }

    private void read(Exchange exchange) {
        reads.add(new Read(QuestionReader.read(exchange, true), QuestionReader.deadline(exchange)));
        exchange.send(200, List.of());
    }

    private Question accepted(String body, String... headers) throws Exception {
        var answer = send(body, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return reads.take().question();
    }

    private String bodyHash(String body) throws Exception {
        Question question = accepted(body, "Idempotency-Key", "k");
        return Objects.requireNonNull(question.idempotencyKey()).bodyHash();
    }

    private void refused(int status, String field, String body, String... headers) throws Exception {
        var answer = send(body, headers);
        JsonNode problem = Json.mapper().readTree(answer.body());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(problem.path("field").asText()).isEqualTo(field);
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(reads).isEmpty();
    }

    private HttpResponse<String> send(String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(http.uri().resolve("/api/threads/t1/messages"))
                .header("x-org-id", "acme")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String message(String field, String value) {
        return Json.text(Map.of("content", "x", field, value));
    }
}
