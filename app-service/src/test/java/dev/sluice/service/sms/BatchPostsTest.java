package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.sms.BatchView;
import dev.sluice.service.sms.reply.FakeSmsProvider;
import dev.sluice.service.sms.reply.ReplySender;
import dev.sluice.service.sms.reply.ReplySenders;
import dev.sluice.service.sms.reply.SendTimes;
import dev.sluice.service.sms.reply.SmsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class BatchPostsTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    private final FakeSmsProvider receiver = new FakeSmsProvider();

    @AfterEach
    void stop() {
        receiver.close();
    }

    @BeforeEach
    void told() {
        bench.webhook = new ReplySenders(
                        name -> Optional.ofNullable(
                                Map.of("BATCH_WEBHOOK_URL", receiver.baseUrl() + "/b", "BATCH_WEBHOOK_SECRET", "s-1")
                                        .get(name)),
                        new SendTimes(Duration.ofSeconds(20), Duration.ofSeconds(20)),
                        bench.clock::now)
                .batchWebhook();
        bench.kill();
    }

    @Test
    @DisplayName("S20 a batch that ended is posted, signed, with texts, verdict and outcome; once it is taken, no more")
    void posted() throws Exception {
        bench.text("yes");
        bench.text("I come");
        bench.seconds(60);
        bench.seconds(60);
        var request = receiver.requests().getFirst();
        JsonNode json = Json.mapper().readTree(request.body());
        assertThat(json.path("sender").asText()).isEqualTo(SmsBench.MARIA);
        assertThat(json.path("texts").findValuesAsText("text")).containsExactly("yes", "I come");
        assertThat(json.path("verdict").path("label").asText()).isEqualTo("AGREE");
        assertThat(json.path("outcome").path("kind").asText()).isEqualTo("SENT");
        assertThat(request.headers())
                .containsKey("x-sluice-signature")
                .containsEntry("idempotency-key", json.path("id").asText());
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    @DisplayName("S20 a batch that is not taken is posted again, after a restart too, until it is")
    void retried() throws Exception {
        receiver.next(SmsFault.answer(503, ""), SmsFault.dropAfterReading());
        bench.text("yes");
        bench.seconds(60);
        assertThat(receiver.requests()).hasSize(1);
        bench.restart();
        bench.seconds(3);
        assertThat(receiver.requests()).hasSize(2);
        bench.advance(Duration.ofMinutes(1));
        assertThat(receiver.requests()).hasSize(3);
        assertThat(receiver.requests())
                .extracting(request -> request.headers().get("idempotency-key"))
                .containsOnly(bench.only().id());
        assertThat(bench.number("SELECT COUNT(*) AS n FROM batch_posts")).isZero();
        assertThat(bench.sender.sent).hasSize(1);
    }

    @Test
    @DisplayName("S13 over the wire: what a counting provider got is one message per batch, whatever it answers")
    void countedByTheProvider() throws Exception {
        for (SmsFault fault : List.of(
                SmsFault.none(),
                SmsFault.dropAfterReading(),
                SmsFault.cut(200),
                SmsFault.answer(500, "").thoughSent(),
                SmsFault.answer(400, "no"))) {
            receiver.next(fault);
        }
        ReplySender http = new ReplySenders(
                        name -> Optional.ofNullable(
                                Map.of("SMS_SENDER", "http", "SMS_HTTP_URL", receiver.baseUrl() + "/send")
                                        .get(name)),
                        new SendTimes(Duration.ofSeconds(20), Duration.ofSeconds(20)),
                        Instant::now)
                .sender();
        bench.sends = http;
        bench.webhook = Optional.empty();
        bench.kill();
        for (int i = 0; i < 5; i++) {
            bench.text("+63917000000" + i, "yes");
            bench.seconds(60);
        }
        bench.advance(Duration.ofHours(1));
        assertThat(bench.all())
                .extracting(BatchView::outcome)
                .containsExactly("SENT", "UNKNOWN", "SENT", "UNKNOWN", "REFUSED");
        assertThat(receiver.sent()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(receiver.sentTo("+63917000000" + i)).isEqualTo(1);
        }
        assertThat(receiver.sentFor(String.valueOf(bench.batch(0).replyId()))).isEqualTo(1);
    }
}
