package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts through the whole service, as a provider delivers them and phones get the replies.
@SuppressWarnings("try") // closing waits for the process, and a test that is interrupted must know
class SmsSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final CountingUpstream model = new CountingUpstream();
    private final PhoneNetwork phones = new PhoneNetwork(false);

    SmsSystemTest() throws Exception {}

    @AfterEach
    void close() {
        model.close();
        phones.close();
    }

    @Test
    @DisplayName("S1 S3 S11 three texts of one number are one batch, one classification and one reply; a GUID that"
            + " comes again is nothing; another number has its own")
    void oneReplyForABurst() throws Exception {
        model.say("AGREE");
        try (var service = start(Map.of());
                var client = new OldClient(service.base())) {
            text(client, "one", "09171234567", "Yes");
            text(client, "two", "+639171234567", "I can help");
            text(client, "three", "639171234567", "see you at 8");
            assertThat(text(client, "two", "+639171234567", "I can help")
                            .path("skipped")
                            .asInt())
                    .isEqualTo(1);
            text(client, "four", "+639181112222", "Yes");

            await(() -> phones.delivered().size() == 2 && ended(client).size() == 2);

            assertThat(phones.delivered())
                    .extracting(PhoneNetwork.Sms::to)
                    .containsExactlyInAnyOrder("+639171234567", "+639181112222");
            assertThat(phones.delivered())
                    .extracting(PhoneNetwork.Sms::message)
                    .containsOnly("Thanks for confirming! See you soon.");
            assertThat(model.calls()).isEqualTo(2);
            JsonNode sms =
                    operator(client, "GET", "/api/metrics/performance", "").path("sms");
            assertThat(sms.path("messages").asInt()).isEqualTo(4);
            assertThat(sms.path("duplicates").asInt()).isEqualTo(1);
            assertThat(sms.path("batches").asInt()).isEqualTo(2);
            assertThat(sms.path("classifications").asInt()).isEqualTo(2);
            assertThat(sms.path("replies").asInt()).isEqualTo(2);
            assertThat(sms.path("saved_calls").asInt()).isEqualTo(2);
            assertThat(sms.path("saved_replies").asInt()).isEqualTo(2);
            assertThat(String.join("\n", service.output()))
                    .contains("CONSOLIDATION STARTED | From: +63*******567 | ")
                    .contains("CONSOLIDATION UPDATE | From: +63*******567 | ", "total messages: 3")
                    .contains("DUPLICATE IGNORED | GUID: two | From: +63*******567")
                    .contains("CONSOLIDATION TIMEOUT | From: +63*******567 | Processing 3 buffered message(s)")
                    .contains("BATCH RECEIVED | From: +63*******567 | Count: 3")
                    .contains("CONSOLIDATED CLASSIFICATION | ", "AUTO-REPLY SENT (batch) | ")
                    .contains("BATCH PROCESSING COMPLETE | ")
                    .doesNotContain("9171234567", "I can help", "see you at 8");
        }
    }

    @Test
    @DisplayName("S11 when the model is down the local rules decide, and somebody who cannot come is not thanked for"
            + " confirming")
    void modelDown() throws Exception {
        model.failNext(1_000);
        try (var service = start(Map.of());
                var client = new OldClient(service.base())) {
            text(client, "one", "09171234567", "Sorry, I can't make it");
            text(client, "two", "09181112222", "Yes, see you there");

            await(() -> phones.delivered().size() == 2);

            assertThat(message("+639171234567")).isEqualTo("Thank you for replying.");
            assertThat(message("+639181112222")).isEqualTo("Thanks for confirming! See you soon.");
            assertThat(model.calls()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("S1 S20 a batch is a session: found by its sender, without number and text")
    void sessionOfABatch() throws Exception {
        model.say("DISAGREE");
        try (var service = start(Map.of());
                var client = new OldClient(service.base())) {
            text(client, "one", "09171234567", "No, never");
            await(() -> ended(client).size() == 1);
            JsonNode batch = ended(client).getFirst();
            String sender = batch.path("sender_id").asText();

            JsonNode sessions = operator(client, "GET", "/api/sessions?kind=sms&sender=" + sender, "");
            assertThat(sessions.path("sessions")).hasSize(1);
            assertThat(operator(client, "GET", "/api/sessions?kind=sms&sender=other", "")
                            .path("sessions"))
                    .isEmpty();
            String id = sessions.path("sessions").path(0).path("id").asText();
            String events = client.send("GET", "/api/sessions/" + id + "/events", "", operator("application/json"))
                    .body();
            assertThat(events)
                    .contains("claimed", "classifying", "verdict", "DISAGREE", "intent", "complete", "SENT")
                    .doesNotContain("9171234567", "never");
        }
    }

    @Test
    @DisplayName("S8 S13 what an operator holds is not answered, over a restart too, and is when it is released")
    void heldOverARestart() throws Exception {
        model.say("AGREE");
        String sender;
        try (var service = start(Map.of());
                var client = new OldClient(service.base())) {
            text(client, "one", "09171234567", "Yes");
            sender = operator(client, "GET", "/api/ops/senders", "")
                    .path("senders")
                    .path(0)
                    .path("sender_id")
                    .asText();
            operator(client, "POST", "/api/ops/senders/" + sender + "/hold", "{\"reason\":\"looks odd\"}");
            service.kill();
        }
        try (var service = start(Map.of());
                var client = new OldClient(service.base())) {
            text(client, "two", "09171234567", "Hello?");
            text(client, "three", "09181112222", "Yes");
            await(() -> phones.delivered().size() == 1); // the other one's window has closed meanwhile
            assertThat(phones.delivered().getFirst().to()).isEqualTo("+639181112222");

            operator(client, "POST", "/api/ops/senders/" + sender + "/release", "{}");

            await(() -> phones.delivered().size() == 2);
            assertThat(ended(client)).anyMatch(batch -> batch.path("texts").asInt() == 2);
            assertThat(operator(client, "GET", "/api/ops/audit", "").toString())
                    .contains("sender.held", "looks odd", "sender.released");
        }
    }

    @Test
    @DisplayName("S15 who writes STOP gets no reply any more, after a restart neither, until START")
    void stop() throws Exception {
        model.say("AGREE");
        try (var service = start(Map.of());
                var client = new OldClient(service.base())) {
            text(client, "one", "09171234567", "Stop!");
            await(() -> ended(client).size() == 1);
            service.kill();
        }
        try (var service = start(Map.of());
                var client = new OldClient(service.base())) {
            text(client, "two", "09171234567", "Yes I come");
            await(() -> ended(client).size() == 2);
            text(client, "three", "09171234567", "START");
            await(() -> ended(client).size() == 3);
            assertThat(phones.delivered()).isEmpty();
            text(client, "four", "09171234567", "Yes, count on me");
            await(() -> phones.delivered().size() == 1);
        }
    }

    @Test
    @DisplayName("S18 the webhooks' own listener serves nothing else and takes nothing unsigned")
    void ownListener() throws Exception {
        int port = freePort();
        try (var service = start(Map.of(
                        "SLUICE_WEBHOOK_PORT", Integer.toString(port), "SMSMOBILEAPI_WEBHOOK_SECRET", "s3cret"));
                var client = new OldClient(service.base());
                var http = HttpClient.newHttpClient()) {
            URI there = URI.create("http://127.0.0.1:" + port);
            assertThat(http.send(
                                    HttpRequest.newBuilder(there.resolve("/api/threads/"))
                                            .header("x-org-id", "a")
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(http.send(
                                    HttpRequest.newBuilder(there.resolve("/api/ops/snapshot"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
            var unsigned = HttpRequest.newBuilder(there.resolve("/api/webhook/sms-received"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"guid\":\"x\",\"number\":\"1\",\"message\":\"m\"}"))
                    .build();
            assertThat(http.send(unsigned, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);

            String body =
                    "{\"id\":\"e1\",\"type\":\"sms.received\",\"data\":{\"guid\":\"m1\",\"from\":\"+639171234567\",\"message\":\"Yes\"}}";
            assertThat(signed(http, there, body, "wrong")).isEqualTo(401);
            assertThat(signed(http, there, body, "s3cret")).isEqualTo(202);
            await(() -> phones.delivered().size() == 1);
            assertThat(operator(client, "GET", "/api/ops/refused-texts", "").toString())
                    .contains("no_secret", "bad_signature");
        }
    }

    private static int signed(HttpClient http, URI there, String body, String secret) throws Exception {
        String timestamp = Long.toString(System.currentTimeMillis() / 1_000);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] hash = mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
        return http.send(
                        HttpRequest.newBuilder(there.resolve("/api/webhook/smsmobileapi"))
                                .header("Content-Type", "application/json")
                                .header("X-SMSMobileAPI-Timestamp", timestamp)
                                .header(
                                        "X-SMSMobileAPI-Signature",
                                        "v1=" + HexFormat.of().formatHex(hash))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private RunningService start(Map<String, String> more) throws Exception {
        var environment = new HashMap<>(ToldTexts.settings(phones));
        environment.put("CONSOLIDATION_WINDOW", "1s");
        environment.put("PERPLEXITY_API_KEY", "test-key");
        environment.put("PERPLEXITY_BASE_URL", model.baseUri().toString());
        environment.putAll(more);
        return RunningService.start(directory, environment);
    }

    private static JsonNode text(OldClient client, String guid, String number, String text) throws Exception {
        return OldClient.json(client.post(
                "/api/webhook/sms-received", Json.text(Map.of("guid", guid, "number", number, "message", text))));
    }

    private String message(String to) {
        return phones.delivered().stream()
                .filter(sms -> sms.to().equals(to))
                .map(PhoneNetwork.Sms::message)
                .findFirst()
                .orElseThrow();
    }

    /// Returns the batches that came to their end.
    private List<JsonNode> ended(OldClient client) throws Exception {
        JsonNode batches =
                operator(client, "GET", "/api/ops/batches?state=done", "").path("batches");
        return batches.valueStream().toList();
    }

    private JsonNode operator(OldClient client, String method, String path, String body) throws Exception {
        return OldClient.json(client.send(method, path, body, operator("application/json")));
    }

    private Map<String, String> operator(String accept) throws Exception {
        String token = Files.readString(directory.resolve("operator.token")).strip();
        return Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json", "Accept", accept);
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
