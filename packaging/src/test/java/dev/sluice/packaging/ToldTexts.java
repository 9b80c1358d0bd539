package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Texts that people sent over many lives of a service, and which of them were acknowledged. Thread-safe.
final class ToldTexts {
    /// What makes a service take texts and answer them as fast as it can.
    static Map<String, String> settings(PhoneNetwork network) {
        return Map.of(
                "CONSOLIDATION_WINDOW", "300ms",
                "SMS_DEFAULT_REGION", "PH",
                "SMS_AUTO_REPLY_ENABLED", "1",
                "SMS_REPLIES_PER_HOUR", "1000",
                "SMS_REPLIES_PER_DAY", "10000",
                "SMS_SENDER", "http",
                "SMS_HTTP_URL", network.url());
    }

    private static final int SENDERS = 20;
    private static final Duration DRAINED = Duration.ofMinutes(2);

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final String operatorToken;

    ToldTexts(String operatorToken) {
        this.operatorToken = operatorToken;
    }

    /// Sends a text and waits until it is acknowledged; every third one is delivered twice.
    void text(OldClient client) throws IOException, InterruptedException {
        int number = sent.incrementAndGet();
        String text = "text-" + number;
        String body = Json.text(Map.of(
                "guid", "guid-" + number, "number", "09171234%03d".formatted(number % SENDERS), "message", text));
        for (int delivery = 0; delivery < (number % 3 == 0 ? 2 : 1); delivery++) {
            var answer = client.post("/api/webhook/sms-received", body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode taken = OldClient.json(answer);
            assertThat(taken.path("processed").asInt() + taken.path("skipped").asInt())
                    .isEqualTo(1);
        }
        acknowledged.add(text);
    }

    /// Checks, once nothing waits any more, that each text that was acknowledged is in exactly one batch
    /// and that no batch was answered twice.
    void check(OldClient client, PhoneNetwork network) throws IOException, InterruptedException {
        awaitDrained(client);
        var batchOf = new HashMap<String, String>();
        long answered = 0;
        String cursor = "";
        do {
            JsonNode page = get(client, "/api/ops/batches?limit=200" + cursor);
            for (JsonNode batch : page.path("batches")) {
                String id = batch.path("id").asText();
                assertThat(batch.path("state").asText()).as("batch %s", batch).isEqualTo("done");
                for (JsonNode text : get(client, "/api/ops/batches/" + id).path("texts")) {
                    String other = batchOf.put(text.path("text").asText(), id);
                    assertThat(other)
                            .as("another batch of %s than %s", text, id)
                            .isNull();
                }
                answered += checkReply(batch, network);
            }
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asText();
        } while (!cursor.isEmpty());
        assertThat(batchOf.keySet()).containsAll(acknowledged);
        assertThat(answered)
                .as("replies that belong to no batch")
                .isEqualTo(network.delivered().size());
        assertThat(answered).as("something was answered").isPositive();
    }

    private static long checkReply(JsonNode batch, PhoneNetwork network) {
        long got = batch.path("reply_id").isNull()
                ? 0
                : network.delivered(batch.path("reply_id").asText());
        switch (batch.path("outcome").asText()) {
            case "SENT" -> assertThat(got).as("replies of %s", batch).isEqualTo(1);
            case "UNKNOWN" -> assertThat(got).as("replies of %s", batch).isBetween(0L, 1L);
            default -> assertThat(got).as("replies of %s", batch).isZero();
        }
        return got;
    }

    private void awaitDrained(OldClient client) throws IOException, InterruptedException {
        long until = System.nanoTime() + DRAINED.toNanos();
        @Nullable JsonNode senders = null;
        while (System.nanoTime() < until) {
            senders = get(client, "/api/ops/senders");
            if (senders.path("total").asInt() == 0) {
                return;
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("texts still wait: " + senders);
    }

    private JsonNode get(OldClient client, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send("GET", path, "", Map.of("Authorization", "Bearer " + operatorToken));
        return OldClient.json(answer);
    }
}
