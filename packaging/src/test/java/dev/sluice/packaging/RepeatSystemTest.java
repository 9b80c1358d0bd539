package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to requests that come twice, or are taken back.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields first
class RepeatSystemTest {
    @TempDir
    private Path dataDirectory;

    private WholeSystem system;

    @BeforeEach
    void start() throws Exception {
        system = WholeSystem.start(dataDirectory);
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
    }

    @Test
    @DisplayName("C13 one Idempotency-Key is one turn, also after a restart; with another body it is refused")
    void idempotencyKeyIsOneTurn() throws Exception {
        String thread = system.client.createThread();

        var first = post(thread, "yes", "key-1");
        var other = post(thread, "yes", "key-2");
        system.service.terminate(20);
        system.restart();
        var again = post(thread, "yes", "key-1");
        var conflict = post(thread, "no", "key-1");

        assertThat(answerId(again)).isEqualTo(answerId(first)).isNotEqualTo(answerId(other));
        assertThat(conflict.statusCode()).isEqualTo(422);
        assertThat(system.upstream.calls()).isEqualTo(2);
        assertThat(system.client.messagesOf(thread)).hasSize(4);
    }

    @Test
    @DisplayName("C8 an answer is reused only while its turn is the thread's newest")
    void aNewerTurnEndsReuse() throws Exception {
        String thread = system.client.createThread();

        system.client.ask(thread, "yes");
        assertThat(role(system.client.ask(thread, "yes"))).isEqualTo("reused");
        system.client.ask(thread, "something else");

        assertThat(role(system.client.ask(thread, "yes"))).isEqualTo("leader");
        assertThat(system.upstream.calls()).isEqualTo(3);
    }

    @Test
    @DisplayName("C12 no-cache never joins and never reuses, and says why")
    void noCacheFliesAlone() throws Exception {
        String thread = system.client.createThread();
        system.client.ask(thread, "yes");

        var alone = system.client.send(
                "POST",
                OldClient.messages(thread),
                OldClient.message("yes"),
                Map.of("x-org-id", "acme", "Content-Type", "application/json", "Cache-Control", "no-cache"));

        assertThat(role(alone)).isEqualTo("bypass");
        assertThat(alone.headers().firstValue("Sluice-Bypass-Reason")).contains("no-cache");
        assertThat(system.upstream.calls()).isEqualTo(2);
    }

    @Test
    @DisplayName("C6 cancelling the only listener ends its stream with an error and stores nothing")
    void cancelEndsTheCall() throws Exception {
        String thread = system.client.createThread();
        system.upstream.hold();
        try (var stream = new OldStream(system.client.stream(thread, "in the air"))) {
            var seen = stream.readTo("delta");
            String requestId = seen.stream()
                    .map(event -> event.path("request_id").asText())
                    .filter(id -> !id.isEmpty())
                    .findFirst()
                    .orElseThrow();

            var cancelled = system.client.post("/api/threads/cancel/" + requestId, "{}");

            assertThat(OldClient.json(cancelled).path("status").asText()).isEqualTo("cancelled");
            assertThat(stream.readTo("error"))
                    .last()
                    .satisfies(event -> assertThat(event.path("error").asText()).contains("cancelled"));
        }
        system.upstream.release();

        assertThat(system.client.messagesOf(thread)).isEmpty();
        var unknown = system.client.post("/api/threads/cancel/nobody", "{}");
        assertThat(OldClient.json(unknown).path("status").asText()).isEqualTo("not_found");
    }

    private HttpResponse<String> post(String thread, String text, String key) throws Exception {
        return system.client.send(
                "POST",
                OldClient.messages(thread),
                OldClient.message(text),
                Map.of("x-org-id", "acme", "Content-Type", "application/json", "Idempotency-Key", key));
    }

    private static String answerId(HttpResponse<String> answer) throws Exception {
        return OldClient.json(answer).path("assistant_message").path("id").asText();
    }

    private static String role(HttpResponse<String> answer) {
        return answer.headers().firstValue("Sluice-Role").orElse("none");
    }
}
