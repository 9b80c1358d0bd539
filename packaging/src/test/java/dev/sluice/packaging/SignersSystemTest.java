package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.model.Json;
import dev.sluice.service.sms.intake.FormBody;
import dev.sluice.service.sms.intake.SignatureCheck;
import dev.sluice.service.sms.intake.TimedSignatureCheck;
import dev.sluice.service.sms.intake.TwilioSignature;
import dev.sluice.service.sms.intake.WebhookSecrets;
import dev.sluice.service.sms.sign.TimedSignature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Our checks of signatures against those that npm's twilio makes, and Node's HMAC by the published rule.
/// Skipped, and saying so, where these cannot be had.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignersSystemTest {
    private static final String TOKEN = "12345678901234567890123456789012";
    private static final String TIMESTAMP = "1782907200";
    private static final Instant NOW = Instant.ofEpochSecond(1_782_907_200L);
    private static final int ROUNDS = 100;
    private static final String CHARACTERS = "abcXYZ09 +&=%?/\"'<>{}\\\n\té👍ñ漢\u202e";

    private final Random random = new Random(7);
    private NodeClients signers;

    @BeforeAll
    void install() throws Exception {
        assumeTrue(Program.isInstalled("node") && Program.isInstalled("npm"), "node and npm are not installed");
        signers = NodeClients.installSigners();
    }

    @Test
    @DisplayName("S18 what npm's twilio signs passes, and nothing else")
    void twilioSignatures() throws Exception {
        List<ObjectNode> requests = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            requests.add(twilioRequest(i));
        }

        JsonNode signatures = signed(requests, List.of(), List.of()).path("twilio");

        var check = new TwilioSignature(WebhookSecrets.of("TWILIO_AUTH_TOKEN", "other," + TOKEN));
        for (int i = 0; i < ROUNDS; i++) {
            ObjectNode request = requests.get(i);
            String url = request.path("url").asText();
            String signature = signatures.path(i).asText();
            FormBody form = form(request.path("params"));
            assertThat(check.verify(url, form, signature)).as("%s", request).isEqualTo(SignatureCheck.GOOD);
            assertThat(check.verify(url + "x", form, signature)).isEqualTo(SignatureCheck.WRONG);
            assertThat(check.verify(url, form, signatures.path((i + 1) % ROUNDS).asText()))
                    .isEqualTo(SignatureCheck.WRONG);
        }
    }

    @Test
    @DisplayName("S18 what Node signs by the rule of SMSMobileAPI passes, and Node takes what we sign")
    void timedSignatures() throws Exception {
        List<ObjectNode> requests = new ArrayList<>();
        List<ObjectNode> ours = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ObjectNode request = Json.mapper().createObjectNode();
            request.put("secret", TOKEN).put("timestamp", TIMESTAMP).put("body", text());
            requests.add(request);
            byte[] body = bytes(request.path("body").asText());
            ours.add(request.deepCopy().put("signature", TimedSignature.of(bytes(TOKEN), TIMESTAMP, body)));
        }

        JsonNode answer = signed(List.of(), requests, ours);

        var check = TimedSignatureCheck.smsMobileApi(WebhookSecrets.of("WEBHOOK_SECRET", "other," + TOKEN));
        for (int i = 0; i < ROUNDS; i++) {
            Map<String, String> headers = Map.of(
                    "X-SMSMobileAPI-Timestamp",
                    TIMESTAMP,
                    "X-SMSMobileAPI-Signature",
                    answer.path("timed").path(i).asText());
            byte[] body = bytes(requests.get(i).path("body").asText());
            assertThat(check.verify(name -> Optional.ofNullable(headers.get(name)), body, NOW))
                    .isEqualTo(SignatureCheck.GOOD);
            assertThat(answer.path("check").path(i).booleanValue()).isTrue();
        }
    }

    private ObjectNode twilioRequest(int number) {
        ObjectNode request = Json.mapper().createObjectNode();
        String port = List.of("", ":443", ":8443").get(number % 3);
        request.put("token", TOKEN).put("url", "https://example.org" + port + "/api/webhook/twilio?round=" + number);
        ObjectNode params = request.putObject("params");
        params.put("MessageSid", "SM" + number).put("From", "+639171234567").put("Body", text());
        for (int i = random.nextInt(5); i > 0; i--) {
            params.put("Param" + random.nextInt(20) + (random.nextBoolean() ? "a" : "B"), text());
        }
        if (random.nextInt(4) == 0) {
            ArrayNode several = params.putArray("Several");
            several.add("b").add("a").add("b").add(text());
        }
        return request;
    }

    private JsonNode signed(List<ObjectNode> twilio, List<ObjectNode> timed, List<ObjectNode> check) throws Exception {
        ObjectNode request = Json.mapper().createObjectNode();
        request.putArray("twilio").addAll(twilio);
        request.putArray("timed").addAll(timed);
        request.putArray("check").addAll(check);
        return Json.mapper().readTree(signers.sign(request.toString()));
    }

    private String text() {
        int[] characters = CHARACTERS.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    /// As it comes over the wire: encoded, then read.
    private static FormBody form(JsonNode params) {
        var body = new StringBuilder();
        params.properties().forEach(param -> {
            Iterable<JsonNode> values = param.getValue().isArray() ? param.getValue() : List.of(param.getValue());
            values.forEach(value -> body.append(body.isEmpty() ? "" : "&")
                    .append(encoded(param.getKey()))
                    .append('=')
                    .append(encoded(value.asText())));
        });
        return FormBody.read(bytes(body.toString()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
