package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import dev.sluice.service.provider.FakeOpenAi;
import dev.sluice.service.provider.FakeReply;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that would be something else in another place: markup, an event, SQL, a log line, a pattern, a command.
@Timeout(60)
final class HostileTextTest {
    static final List<String> TEXTS = List.of(
            "</script><script>alert(1)</script><img src=x onerror=alert(1)> &amp; ]]>",
            "a\r\nevent: done\r\ndata: {\"type\":\"done\"}\r\n\r\n\r\n",
            "a\n\nid: 9:9\nevent: error\ndata: {}\n\n: comment\nretry: 1\n\n",
            "data: [DONE]\n\n",
            "'; DROP TABLE messages; -- \" OR ''='",
            "%s%n%x%1$s {0} {} ${jndi:ldap://x/a} #{1+1} {{7*7}}",
            "\u001b[2J\u001b]0;owned\u0007\b\u007f\u009b31m",
            "line\u2028separated\u2029\u0085 \u202egnp.exe \ufeff\u200b",
            "\nHTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\n\r\n0\r\n\r\n",
            "2026-01-01T00:00:00Z SEVERE event=forged org=other status=200",
            "../../operator.token\\..\\x; rm -rf / `id` $(id)",
            "\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69 e\u0301 \uffff\ufffd",
            "   leading, trailing \t  ");
    /// What no line of the log may hold: it would be two lines, or an order to the terminal.
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202e]");
    private static final String[] CLIENT = {"x-org-id", "acme"};

    @TempDir
    static Path directory;

    private static FakeOpenAi upstream;
    private static LogLines log;
    private static RunningSluice service;

    private String thread;

    @BeforeAll
    static void start() {
        upstream = new FakeOpenAi();
        log = new LogLines();
        service = RunningSluice.on(
                directory, Map.of("PERPLEXITY_API_KEY", "test-key", "PERPLEXITY_BASE_URL", upstream.baseUrl()));
    }

    @AfterAll
    static void stop() {
        service.close();
        upstream.close();
        log.close();
    }

    @BeforeEach
    void freshThread() throws Exception {
        thread = "/api/threads/"
                + json(service.post("/api/threads/", "{}", CLIENT))
                        .path("thread_id")
                        .asText();
    }

    @ParameterizedTest
    @FieldSource("TEXTS")
    @DisplayName("X9 a question and its answer come back as they were, plain, stored and to the provider")
    void plainTextsAreKept(String text) throws Exception {
        upstream.reply(FakeReply.streaming(text));

        JsonNode answer = json(ask("/messages", text));

        assertThat(answer.path("user_message").path("content").asText()).isEqualTo(text);
        assertThat(answer.path("assistant_message").path("content").asText()).isEqualTo(text);
        assertThat(stored()).containsExactly(text, text);
        assertThat(asked()).isEqualTo(text);
        assertLogIsClean(text);
    }

    @ParameterizedTest
    @FieldSource("TEXTS")
    @DisplayName("X9 a streamed answer is its deltas, whatever it says: it makes no event, no field and no end")
    void streamedTextsAreKept(String text) throws Exception {
        upstream.reply(FakeReply.streaming("before ", text, " after"));

        HttpResponse<String> answer = ask("/messages/stream", text);

        List<SseEvent> events = events(answer.body());
        assertThat(events).extracting(SseEvent::type).containsOnly("ping", "router", "meta", "delta", "done");
        assertThat(events).extracting(SseEvent::type).containsOnlyOnce("done").endsWith("done");
        assertThat(events).extracting(SseEvent::id).doesNotContain("9:9");
        assertThat(deltas(events)).isEqualTo("before " + text + " after");
        assertThat(stored()).containsExactly(text, "before " + text + " after");
        assertLogIsClean(text);
    }

    @ParameterizedTest
    @FieldSource("TEXTS")
    @DisplayName("X9 names that people give come back as they were, and stay on their line of an export")
    void namesAreKept(String text) throws Exception {
        JsonNode made = json(service.post("/api/threads/", Json.text(Map.of("title", text, "user_id", text)), CLIENT));
        String[] operator = {"Authorization", "Bearer " + service.operatorToken()};
        service.post("/api/ops/flights/none/cancel", Json.text(Map.of("reason", text)), operator);

        JsonNode found =
                json(service.get("/api/threads/" + made.path("thread_id").asText(), CLIENT));
        assertThat(found.path("title").asText()).isEqualTo(text);
        for (String line :
                service.get("/api/ops/audit/export", operator).body().lines().toList()) {
            assertThat(Json.mapper().readTree(line).path("hash").asText()).hasSize(64);
        }
        assertLogIsClean(text);
    }

    @ParameterizedTest
    @FieldSource("TEXTS")
    @DisplayName("X9 what a failing provider says is one line of an error, without orders to the terminal")
    void providersErrorsAreShownOnOneLine(String text) throws Exception {
        upstream.reply(FakeReply.error(400, "bad", "before " + text));

        HttpResponse<String> answer = ask("/messages", "q");

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(CONTROL.matcher(json(answer).path("detail").asText()).find()).isFalse();
        assertLogIsClean(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00\\ud800"})
    @DisplayName("X9 what is no text is refused, and no provider is asked")
    void noTextIsRefused(String escaped) throws Exception {
        int calls = upstream.calls();

        HttpResponse<String> answer = service.post(thread + "/messages", "{\"content\":\"a" + escaped + "b\"}", CLIENT);

        assertThat(answer.statusCode()).isIn(400, 422);
        assertThat(upstream.calls()).isEqualTo(calls);
        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00\\ud800"})
    @DisplayName("X9 what is no text in a model's answer ends neither the answer nor the service")
    void noTextFromTheModel(String escaped) throws Exception {
        String chunks = Stream.of("before ", escaped, " after")
                .map(piece -> "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + piece
                        + "\"}}]}\n\n")
                .collect(Collectors.joining());
        String end = "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        upstream.reply(FakeReply.streaming()
                .withHeader("content-type", "text/event-stream")
                .withBody(chunks + end + "data: [DONE]\n\n"));

        HttpResponse<String> answer = ask("/messages/stream", "q");

        List<SseEvent> events = events(answer.body());
        assertThat(events).extracting(SseEvent::type).containsOnlyOnce("done").endsWith("done");
        assertThat(deltas(events)).startsWith("before ").endsWith(" after");
        assertThat(stored()).containsExactly("q", deltas(events));
    }

    @Test
    @DisplayName("X9 no text becomes the name of a file")
    void noFileIsNamedByAText() throws Exception {
        List<String> before = files();

        for (String text : TEXTS) {
            upstream.reply(FakeReply.streaming(text));
            ask("/messages", text);
        }

        assertThat(files()).isEqualTo(before);
    }

    private HttpResponse<String> ask(String path, String text) throws Exception {
        return service.post(thread + path, Json.text(Map.of("content", text)), CLIENT);
    }

    private List<String> stored() throws Exception {
        List<String> contents = new ArrayList<>();
        json(service.get(thread, CLIENT))
                .path("messages")
                .forEach(message -> contents.add(message.path("content").asText()));
        return contents;
    }

    /// Returns the last message of the prompt that the provider got.
    private String asked() throws IOException {
        JsonNode messages =
                Json.mapper().readTree(upstream.received().getLast().body()).path("messages");
        return messages.path(messages.size() - 1).path("content").asText();
    }

    private void assertLogIsClean(String text) {
        assertThat(log.all())
                .isNotEmpty()
                .allMatch(line -> !CONTROL.matcher(line).find() && !line.contains(text));
    }

    private List<String> files() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    private static List<SseEvent> events(String body) {
        List<SseEvent> events = new ArrayList<>();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        new SseParser(events::add).feed(bytes, 0, bytes.length);
        return events;
    }

    private static String deltas(List<SseEvent> events) throws IOException {
        var text = new StringBuilder();
        for (SseEvent event : events) {
            text.append(Json.mapper().readTree(event.data()).path("delta").asText());
        }
        return text.toString();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return Json.mapper().readTree(answer.body());
    }
}
