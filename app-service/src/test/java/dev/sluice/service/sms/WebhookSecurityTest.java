package dev.sluice.service.sms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.service.http.Until;
import dev.sluice.service.sms.sign.Hmac;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookSecurityTest {
    @RegisterExtension
    final SmsBench bench = new SmsBench();

    private static final String PATH = "/api/webhook/smsmobileapi";
    private static final Map<String, String> SECRETS = Map.of(
            "SMSMOBILEAPI_WEBHOOK_SECRET", "new,old", "TWILIO_AUTH_TOKEN", "token", "SMS_WEBHOOK_SECRET", "generic");
    private static final String RECEIVED = Json.text(
            Map.of("type", "sms.received", "data", Map.of("guid", "g-1", "from", SmsBench.MARIA, "message", "Yes")));

    @Test
    @DisplayName("S18 SMSMobileAPI: signed is 202, with either of two secrets; stale, wrong and missing are 401")
    void smsMobileApi() throws Exception {
        try (var server = new SmsServer(bench, SECRETS, true)) {
            String header = "X-SMSMobileAPI";
            Instant now = bench.clock.now();
            assertThat(server.signed(header, PATH, "old", now, RECEIVED).statusCode())
                    .isEqualTo(202);
            assertThat(server.signed(header, PATH, "new", now.minusSeconds(300), RECEIVED)
                            .statusCode())
                    .isEqualTo(202);
            assertThat(server.signed(header, PATH, "new", now.minusSeconds(301), RECEIVED)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(server.signed(header, PATH, "wrong", now, RECEIVED).statusCode())
                    .isEqualTo(401);
            assertThat(server.post(PATH, RECEIVED).statusCode()).isEqualTo(401);
        }
        assertThat(bench.column("SELECT org AS x FROM texts")).containsExactly("default");
        Until.holds("they are listed", () -> bench.number("SELECT COUNT(*) AS n FROM refused_texts") == 3);
        assertThat(bench.column("SELECT detail AS x FROM refused_texts"))
                .containsExactlyInAnyOrder(
                        "The signature is stale.", "The signature is wrong.", "The signature is missing.");
    }

    @Test
    @DisplayName("S18 the generic webhook: signed is 200 once a secret is set, unsigned is 401")
    void generic() throws Exception {
        try (var server = new SmsServer(bench, SECRETS, false)) {
            String text = SmsServer.text("g-1", SmsBench.MARIA, "Yes");
            assertThat(server.post(SmsServer.GENERIC, text).statusCode()).isEqualTo(401);
            assertThat(server.signed("X-Sluice", SmsServer.GENERIC, "generic", bench.clock.now(), text)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(bench.only().texts()).isEqualTo(1);
    }

    @Test
    @DisplayName("S18 Twilio: a signed form is answered with empty TwiML; its report settles a reply; unsigned is 401")
    void twilio() throws Exception {
        try (var server = new SmsServer(bench, SECRETS, true)) {
            var text = Map.of("MessageSid", "SM1", "From", SmsBench.MARIA, "Body", "Yes & no");
            var taken = twilio(server, "token", text);
            assertThat(taken.statusCode()).isEqualTo(200);
            assertThat(taken.headers().firstValue("Content-Type")).hasValue("text/xml; charset=utf-8");
            assertThat(taken.body()).endsWith("<Response></Response>");
            assertThat(twilio(server, "other", text).statusCode()).isEqualTo(401);
            assertThat(twilio(server, "token", Map.of("MessageSid", "SM9", "MessageStatus", "delivered"))
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(bench.only().texts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/webhook/sms-received", "/api/webhook/smsmobileapi"})
    @DisplayName("S18 where others can call, a webhook without a secret is 403; on this machine alone it is not")
    void exposed(String path) throws Exception {
        String body = path.equals(PATH) ? RECEIVED : SmsServer.text("g-1", SmsBench.MARIA, "Yes");
        try (var server = new SmsServer(bench, Map.of(), true)) {
            assertThat(server.post(path, body).statusCode()).isEqualTo(403);
            assertThat(bench.all()).isEmpty();
        }
        try (var server = new SmsServer(bench, Map.of(), false)) {
            assertThat(server.post(path, body).statusCode()).isIn(200, 202);
        }
        assertThat(bench.only().texts()).isEqualTo(1);
    }

    private static HttpResponse<String> twilio(SmsServer server, String token, Map<String, String> fields)
            throws Exception {
        String path = "/api/webhook/twilio";
        var signed = new StringBuilder("https://" + server.uri().getAuthority() + path);
        new TreeMap<>(fields).forEach((name, value) -> signed.append(name).append(value));
        byte[] mac = Hmac.SHA1.of(token.getBytes(UTF_8), signed.toString().getBytes(UTF_8));
        String form = fields.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return server.send(
                path,
                "application/x-www-form-urlencoded",
                form.getBytes(UTF_8),
                "X-Twilio-Signature",
                Base64.getEncoder().encodeToString(mac));
    }
}
