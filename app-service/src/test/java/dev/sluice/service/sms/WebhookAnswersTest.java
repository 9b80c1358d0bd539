package dev.sluice.service.sms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.service.auth.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class WebhookAnswersTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    private SmsServer server;

    @BeforeEach
    void serve() {
        server = new SmsServer(bench, Map.of(), false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("S1 200 says what was stored, skipped and not taken, by its place")
    void partialBatch() throws Exception {
        server.post(SmsServer.GENERIC, SmsServer.text("g-1", SmsBench.MARIA, "Yes"));
        var answer = server.post(
                SmsServer.GENERIC,
                Json.text(Map.of(
                        "messages",
                        List.of(
                                Map.of("guid", "g-1", "number", SmsBench.MARIA, "message", "Yes"),
                                Map.of("guid", "g-2", "number", "12", "message", "no number"),
                                Map.of("guid", "g-3", "number", SmsBench.MARIA),
                                Map.of("guid", "g-4", "number", SmsBench.MARIA, "message", "I come")))));
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = Json.mapper().readTree(answer.body());
        assertThat(body.path("status").asText()).isEqualTo("success");
        assertThat(body.path("message_count").asInt()).isEqualTo(4);
        assertThat(body.path("processed").asInt()
                        + body.path("skipped").asInt()
                        + body.path("errors").size())
                .isEqualTo(4);
        assertThat(body.path("skipped").asInt()).isEqualTo(1);
        assertThat(body.path("errors").findValuesAsText("index")).contains("2");
        assertThat(bench.number("SELECT COUNT(*) AS n FROM texts WHERE guid IN ('g-1', 'g-4')"))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("S1 probes are answered; what cannot be read is refused with the right status and stores nothing")
    void refusals() throws Exception {
        assertThat(Json.mapper()
                        .readTree(server.get(SmsServer.GENERIC).body())
                        .path("status")
                        .asText())
                .isEqualTo("ok");
        String text = SmsServer.text("g-1", SmsBench.MARIA, "Yes");
        assertThat(server.send(SmsServer.GENERIC, "text/plain", text.getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(415);
        assertThat(server.send("/api/webhook/twilio", "application/json", text.getBytes(UTF_8))
                        .statusCode())
                .isEqualTo(415);
        assertThat(server.post(SmsServer.GENERIC, "{\"guid\":").statusCode()).isEqualTo(400);
        assertThat(server.post(SmsServer.GENERIC, "{}").statusCode()).isEqualTo(422);
        assertThat(server.post(SmsServer.GENERIC, SmsServer.text("g-1", "no number " + SmsBench.MARIA, "Yes"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(server.post(SmsServer.GENERIC, SmsServer.text("g-1", SmsBench.MARIA, "x".repeat(1 << 20)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(bench.all()).isEmpty();
    }

    @Test
    @DisplayName("D4 a sick store is 503 with Retry-After for whoever delivers, and for operators; nothing is there")
    void sickStore() throws Exception {
        String token = server.token(Role.OPERATOR, null);
        bench.text("Yes");
        bench.commitsFail(true);
        var refused = server.post(SmsServer.GENERIC, SmsServer.text("g-9", SmsBench.MARIA, "more"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(server.postAs(token, "/api/ops/senders/" + bench.maria() + "/hold", "{}")
                        .statusCode())
                .isEqualTo(503);
        bench.commitsFail(false);
        assertThat(bench.only().texts()).isEqualTo(1);
        assertThat(bench.only().state()).isEqualTo("open");
    }

    @Test
    @DisplayName("X8 an operator of one org sees and touches nothing of another; clients and viewers do less")
    void tenants() throws Exception {
        bench.text("Yes");
        bench.seconds(60);
        String sender = bench.maria();
        String other = server.token(Role.OPERATOR, "globex");
        String own = server.token(Role.OPERATOR, SmsBench.ORG);
        assertThat(server.json(own, "/api/ops/batches").path("batches")).hasSize(1);
        assertThat(server.json(other, "/api/ops/batches").path("batches")).isEmpty();
        assertThat(server.json(other, "/api/ops/senders").path("total").asInt()).isZero();
        String batch = bench.only().id();
        for (String path : List.of("/api/ops/senders/" + sender, "/api/ops/batches/" + batch)) {
            assertThat(server.as(other, path).statusCode()).isEqualTo(404);
            assertThat(server.as(own, path).statusCode()).isEqualTo(200);
            assertThat(server.as(server.token(Role.CLIENT, SmsBench.ORG), path).statusCode())
                    .isEqualTo(403);
            assertThat(server.get(path).statusCode()).isEqualTo(401);
        }
        for (String action : List.of(
                "hold",
                "flush",
                "drop",
                "undo",
                "release",
                "unmask",
                "forget",
                "reply",
                "override",
                "extend",
                "relabel")) {
            String body = "{\"text\":\"hi\",\"by\":\"60s\",\"label\":\"AGREE\",\"batch_id\":\"" + batch + "\"}";
            assertThat(server.postAs(other, "/api/ops/senders/" + sender + "/" + action, body)
                            .statusCode())
                    .as(action)
                    .isEqualTo(404);
            assertThat(server.postAs(server.token(Role.VIEWER, null), "/api/ops/senders/" + sender + "/" + action, body)
                            .statusCode())
                    .as(action)
                    .isEqualTo(403);
        }
        for (String action : List.of("settle", "retry")) {
            assertThat(server.postAs(other, "/api/ops/batches/" + batch + "/" + action, "{\"sent\":true}")
                            .statusCode())
                    .isEqualTo(404);
        }
        var find = server.postAs(other, "/api/ops/senders/find", "{\"number\":\"" + SmsBench.MARIA + "\"}");
        assertThat(find.statusCode()).isEqualTo(404);
        assertThat(bench.audited()).isEmpty();
        assertThat(server.postAs(other, "/api/ops/windows/close", "{}").statusCode())
                .isEqualTo(403);
        assertThat(server.postAs(other, "/api/ops/windows/retime", "{}").statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("S8 operators act over HTTP; what does not fit is 409 or 422, and an unchanged list is 304")
    void actions() throws Exception {
        String token = server.token(Role.OPERATOR, null);
        bench.text("Yes");
        String path = "/api/ops/senders/" + bench.maria();
        var list = server.as(token, "/api/ops/senders");
        String tag = list.headers().firstValue("ETag").orElseThrow();
        assertThat(server.get("/api/ops/senders", "Authorization", "Bearer " + token, "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);

        assertThat(server.postAs(token, path + "/hold", "{\"reason\":\"asked\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/api/ops/senders", "Authorization", "Bearer " + token, "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.postAs(token, path + "/hold", "").statusCode()).isEqualTo(409);
        assertThat(server.postAs(token, path + "/extend", "{\"by\":\"never\"}").statusCode())
                .isEqualTo(422);
        assertThat(server.postAs(token, path + "/extend", "{\"by\":\"5m\"}").statusCode())
                .isEqualTo(200);
        assertThat(server.postAs(token, path + "/flush", "").statusCode()).isEqualTo(200);
        bench.settle();
        assertThat(server.postAs(token, path + "/undo", "").statusCode()).isEqualTo(409);
        String batch = bench.only().id();
        assertThat(server.postAs(token, path + "/relabel", "{\"batch_id\":\"" + batch + "\",\"label\":\"unsure\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(bench.only().label()).isEqualTo("UNSURE");
        assertThat(bench.only().method()).isEqualTo("OPERATOR");
        assertThat(server.postAs(token, "/api/ops/batches/" + batch + "/retry", "")
                        .statusCode())
                .isEqualTo(409);
        assertThat(bench.audited())
                .containsExactly("sender.held", "sender.extended", "sender.flushed", "batch.relabelled");
        assertThat(bench.column("SELECT reason AS x FROM ops_audit WHERE action = 'sender.held'"))
                .containsExactly("asked");
    }
}
