package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.model.sms.BatchView;
import dev.sluice.service.auth.Role;
import dev.sluice.service.http.Until;
import dev.sluice.service.sms.reply.Delivery;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class WhyTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @Test
    @DisplayName("S20 each window ends with an outcome, its reason, verdict, method and settings; found by its sender")
    void outcomes() throws Exception {
        bench.policy.version = 7;
        bench.sender.then(_ -> new Delivery.Refused("no credit"));
        bench.text("+639170000001", "yes");
        bench.seconds(60);
        bench.sender.then(_ -> new Delivery.Unknown("silence"));
        bench.text("+639170000001", "yes");
        bench.seconds(60);
        bench.text("+639170000001", "yes, again");
        bench.text("+639170000002", "STOP");
        bench.seconds(60);
        bench.text("+639170000003", "yes");
        bench.senders.drop(bench.senderId("+639170000003"), SmsBench.ANN);

        assertThat(bench.all())
                .extracting(BatchView::outcome)
                .containsExactly("REFUSED", "UNKNOWN", "SENT", "SUPPRESSED", "SUPPRESSED");
        assertThat(bench.all())
                .extracting(BatchView::reason)
                .containsExactly("no credit", "silence", null, "consent_stop", "dropped");
        assertThat(bench.all()).extracting(BatchView::settingsVersion).containsOnly(7L);
        assertThat(bench.all().subList(0, 4))
                .extracting(BatchView::method)
                .containsExactly("PROVIDER", "PROVIDER", "PROVIDER", "CONSENT_WORD");
        assertThat(bench.all()).allSatisfy(batch -> assertThat(batch.endedAt()).isNotNull());
        try (var server = new SmsServer(bench, Map.of(), false)) {
            String token = server.token(Role.OPERATOR, SmsBench.ORG);
            String id = Json.mapper()
                    .readTree(server.postAs(token, "/api/ops/senders/find", "{\"number\":\"0917 000 0001\"}")
                            .body())
                    .path("sender_id")
                    .asText();
            var found = server.json(token, "/api/ops/batches?sender=" + id);
            assertThat(found.path("batches").findValuesAsText("outcome"))
                    .containsExactlyInAnyOrder("REFUSED", "UNKNOWN", "SENT");
            assertThat(server.json(token, "/api/ops/batches?outcome=UNKNOWN").path("batches"))
                    .hasSize(1);
            assertThat(server.as(token, "/api/ops/batches?outcome=MAYBE").statusCode())
                    .isEqualTo(400);
            assertThat(server.as(token, "/api/ops/senders/" + id).body()).doesNotContain("9170000001");
        }
    }

    @Test
    @DisplayName("S20 a batch is a session that says what was done, step by step, and is told again in a new one")
    void session() {
        bench.sender.then(_ -> new Delivery.NotDelivered("busy", null));
        bench.text("yes");
        bench.seconds(60);
        bench.kill();
        bench.seconds(10);
        String first = bench.only().id();
        assertThat(bench.only().sessionId()).isEqualTo(first + "_2");
        Until.holds(
                "both are stored",
                () -> bench.number("SELECT COUNT(*) AS n FROM sessions WHERE kind = 'sms' AND outcome IS NOT NULL")
                        == 2);
        assertThat(bench.column("SELECT outcome AS x FROM sessions ORDER BY id"))
                .containsExactly("interrupted", "completed");
        assertThat(bench.column("SELECT user_id AS x FROM sessions")).containsOnly(bench.maria());
    }

    @Test
    @DisplayName("S20 what was saved is counted: texts in, batches, calls, replies")
    void savings() {
        bench.text("yes");
        bench.text("I come");
        bench.text("at 8");
        bench.seconds(60);
        bench.text("STOP");
        bench.settle();
        var report = bench.service.report(SmsBench.ORG);
        assertThat(List.of(report.messages(), report.batches(), report.classifications(), report.replies()))
                .containsExactly(4L, 2L, 1L, 1L);
        assertThat(List.of(report.savedCalls(), report.savedReplies())).containsExactly(2L, 2L);
        assertThat(bench.service.report("globex").messages()).isZero();
    }
}
