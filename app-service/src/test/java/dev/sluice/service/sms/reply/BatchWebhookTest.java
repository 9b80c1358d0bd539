package dev.sluice.service.sms.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.sms.reply.BatchWebhook.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class BatchWebhookTest {
    private static final byte[] BATCH = "{\"id\":\"b-1\",\"texts\":[\"sí 👍\"]}".getBytes(StandardCharsets.UTF_8);
    /// printf '%s.%s' 1782907200 "$BATCH" | openssl dgst -sha256 -hmac whsec-1
    private static final String SIGNED = "v1=91ecd1c1482691156b57a6d7308c105a47bdaab3449ebb3c9f57e517b29cd604";

    private final FakeSmsProvider receiver = new FakeSmsProvider();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void batchesAreSigned() {
        assertThat(webhook("whsec-1").post("b-1", BATCH)).isEqualTo(new Result.Delivered());

        var request = receiver.requests().getFirst();
        assertThat(request.path()).isEqualTo("/batches");
        assertThat(request.body()).isEqualTo(new String(BATCH, StandardCharsets.UTF_8));
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("idempotency-key", "b-1")
                .containsEntry("x-sluice-timestamp", "1782907200")
                .containsEntry("x-sluice-signature", SIGNED);
    }

    @Test
    void withoutSecretNothingIsSigned() {
        webhook(null).post("b-1", BATCH);

        assertThat(receiver.requests().getFirst().headers())
                .doesNotContainKeys("x-sluice-timestamp", "x-sluice-signature");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 408, 425, 429})
    void passingTroubleIsTriedAgain(int status) {
        receiver.always(SmsFault.answer(status, "").withHeader("Retry-After", "9"));

        assertThat(webhook("s").post("b-1", BATCH))
                .isEqualTo(new Result.Retry("BATCH_WEBHOOK_URL answered " + status, Duration.ofSeconds(9)));
        assertThat(receiver.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 401, 404, 410, 413, 422})
    void refusalsAreGivenUp(int status) {
        receiver.always(SmsFault.answer(status, "").withHeader("Location", receiver.baseUrl() + "/elsewhere"));

        assertThat(webhook("s").post("b-1", BATCH))
                .isEqualTo(new Result.GiveUp("BATCH_WEBHOOK_URL answered " + status));
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void brokenConnectionsAreTriedAgain() {
        BatchWebhook webhook = webhook("s");

        receiver.always(SmsFault.dropAfterReading());
        assertThat(webhook.post("b-1", BATCH)).isInstanceOf(Result.Retry.class);
        receiver.always(SmsFault.dropBeforeReading());
        assertThat(webhook.post("b-1", BATCH)).isInstanceOf(Result.Retry.class);
        receiver.always(SmsFault.none());
        assertThat(webhook.post("b-1", BATCH)).isEqualTo(new Result.Delivered());
    }

    private BatchWebhook webhook(@Nullable String secret) {
        var values = secret == null
                ? Map.of("BATCH_WEBHOOK_URL", receiver.baseUrl() + "/batches")
                : Map.of("BATCH_WEBHOOK_URL", receiver.baseUrl() + "/batches", "BATCH_WEBHOOK_SECRET", secret);
        return new ReplySenders(
                        name -> Optional.ofNullable(values.get(name)),
                        new SendTimes(Duration.ofSeconds(20), Duration.ofSeconds(30)),
                        InstantSource.fixed(Instant.parse("2026-07-01T12:00:00Z")))
                .batchWebhook()
                .orElseThrow();
    }
}
