package dev.sluice.service.sms.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.sms.sign.TimedSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures against values that OpenSSL made:
/// printf '%s.%s' 1782907200 "$BODY" | openssl dgst -sha256 -hmac whsec-1, and for Twilio
/// printf '%s' "$URL$FIELDS" | openssl dgst -sha1 -hmac token-1 -binary | base64.
final class SignaturesTest {
    private static final byte[] BODY = "{\"sí\":\"👍\"}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final String TIMESTAMP = "1782907200";
    private static final String SIGNED = "v1=bcfadf22785ef22f1b2d31c96e7a8051ad447bd71befa0d83de90b10b9035114";
    private static final String URL = "https://example.org/api/webhook/twilio?x=1";
    private static final FormBody FORM = form("MessageSid=SM1&From=%2B639171234567&Body=S%C3%AD+%2B");
    private static final String TWILIO_SIGNED = "8yeUi7D54pJ0TBwW5YXN8w4bmx4=";

    @Test
    @DisplayName("S18 what was signed with the secret passes, by either dialect's headers")
    void good() {
        assertThat(mobile("whsec-1", SIGNED, TIMESTAMP, BODY, NOW)).isEqualTo(SignatureCheck.GOOD);
        assertThat(mobile("whsec-1", SIGNED.toUpperCase(Locale.ROOT).replace("V1", "v1"), TIMESTAMP, BODY, NOW))
                .isEqualTo(SignatureCheck.GOOD);
        assertThat(TimedSignatureCheck.generic(secrets("whsec-1"))
                        .verify(
                                headers(Map.of("x-sluice-timestamp", TIMESTAMP, "x-sluice-signature", SIGNED)),
                                BODY,
                                NOW))
                .isEqualTo(SignatureCheck.GOOD);
    }

    @Test
    @DisplayName("S18 a request heard again after the skew is stale, and so is one from the future")
    void skew() {
        assertThat(mobile("whsec-1", SIGNED, TIMESTAMP, BODY, NOW.plusSeconds(300)))
                .isEqualTo(SignatureCheck.GOOD);
        assertThat(mobile("whsec-1", SIGNED, TIMESTAMP, BODY, NOW.plusSeconds(301)))
                .isEqualTo(SignatureCheck.STALE);
        assertThat(mobile("whsec-1", SIGNED, TIMESTAMP, BODY, NOW.minusSeconds(300)))
                .isEqualTo(SignatureCheck.GOOD);
        assertThat(mobile("whsec-1", SIGNED, TIMESTAMP, BODY, NOW.minusSeconds(301)))
                .isEqualTo(SignatureCheck.STALE);
        assertThat(mobile("whsec-1", SIGNED, "999999999999", BODY, NOW)).isEqualTo(SignatureCheck.STALE);
    }

    @Test
    @DisplayName("S18 a fresh time on an old signature is wrong")
    void timeIsSigned() {
        assertThat(mobile("whsec-1", SIGNED, "1782907201", BODY, NOW)).isEqualTo(SignatureCheck.WRONG);
        assertThat(mobile("whsec-1", SIGNED, "01782907200", BODY, NOW)).isEqualTo(SignatureCheck.WRONG);
    }

    @Test
    @DisplayName("S18 every bit of the raw body counts")
    void bodyIsSigned() {
        for (int bit = 0; bit < BODY.length * 8; bit++) {
            byte[] other = BODY.clone();
            other[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(mobile("whsec-1", SIGNED, TIMESTAMP, other, NOW))
                    .as("bit %d", bit)
                    .isEqualTo(SignatureCheck.WRONG);
        }
        assertThat(mobile(
                        "whsec-1",
                        SIGNED,
                        TIMESTAMP,
                        (new String(BODY, StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8),
                        NOW))
                .isEqualTo(SignatureCheck.WRONG);
    }

    @Test
    @DisplayName("S18 during a rotation both secrets are good, and the next signature, too")
    void rotation() {
        assertThat(mobile("whsec-2,whsec-1", SIGNED, TIMESTAMP, BODY, NOW)).isEqualTo(SignatureCheck.GOOD);
        assertThat(mobile("whsec-1, whsec-2", SIGNED, TIMESTAMP, BODY, NOW)).isEqualTo(SignatureCheck.GOOD);
        assertThat(mobile("whsec-2", SIGNED, TIMESTAMP, BODY, NOW)).isEqualTo(SignatureCheck.WRONG);
        String other = TimedSignature.of(new byte[] {1}, TIMESTAMP, BODY);
        var both = headers(Map.of(
                "x-smsmobileapi-timestamp", TIMESTAMP,
                "x-smsmobileapi-signature", other,
                "x-smsmobileapi-signature-next", SIGNED));
        assertThat(TimedSignatureCheck.smsMobileApi(secrets("whsec-1")).verify(both, BODY, NOW))
                .isEqualTo(SignatureCheck.GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1=",
                "v1=00",
                "v2=0000000000000000000000000000000000000000000000000000000000000000",
                "GOOD",
                "v1=g",
                "0000000000000000000000000000000000000000000000000000000000000000"
            })
    @DisplayName("S18 what has not the form of a signature is malformed")
    void malformed(String signature) {
        assertThat(mobile("whsec-1", signature, TIMESTAMP, BODY, NOW)).isEqualTo(SignatureCheck.MALFORMED);
        assertThat(mobile("whsec-1", SIGNED, "-1", BODY, NOW)).isEqualTo(SignatureCheck.MALFORMED);
        assertThat(mobile("whsec-1", SIGNED, "1e9", BODY, NOW)).isEqualTo(SignatureCheck.MALFORMED);
        assertThat(mobile("whsec-1", SIGNED, "1782907200000000", BODY, NOW)).isEqualTo(SignatureCheck.MALFORMED);
    }

    @Test
    @DisplayName("S18 a header that lacks is missing, not wrong")
    void missing() {
        assertThat(mobile("whsec-1", null, TIMESTAMP, BODY, NOW)).isEqualTo(SignatureCheck.MISSING);
        assertThat(mobile("whsec-1", SIGNED, null, BODY, NOW)).isEqualTo(SignatureCheck.MISSING);
        assertThat(mobile("whsec-1", " ", TIMESTAMP, BODY, NOW)).isEqualTo(SignatureCheck.MISSING);
    }

    @Test
    @DisplayName("S18 Twilio's signature: URL and sorted fields, with the default port or without")
    void twilio() {
        assertThat(twilio("token-1", URL, FORM, TWILIO_SIGNED)).isEqualTo(SignatureCheck.GOOD);
        assertThat(twilio("token-2,token-1", URL, FORM, TWILIO_SIGNED)).isEqualTo(SignatureCheck.GOOD);
        assertThat(twilio("token-1", URL.replace("org/", "org:443/"), FORM, TWILIO_SIGNED))
                .isEqualTo(SignatureCheck.GOOD);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/api/webhook/twilio",
        "http://example.org/api/webhook/twilio?x=1",
        "https://example.com/api/webhook/twilio?x=1",
        "https://example.org:444/api/webhook/twilio?x=1x",
        "not a url",
    })
    @DisplayName("S18 another URL is another signature")
    void twilioUrl(String url) {
        assertThat(twilio("token-1", url, FORM, TWILIO_SIGNED)).isEqualTo(SignatureCheck.WRONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MessageSid=SM1&From=%2B639171234567&Body=S%C3%AD",
                "MessageSid=SM2&From=%2B639171234567&Body=S%C3%AD+%2B",
                "MessageSid=SM1&From=%2B639171234567&Body=S%C3%AD+%2B&More=1",
                "MessageSid=SM1&From=%2B639171234567&Body=S%C3%AD+%2B&Body=2",
                "",
            })
    @DisplayName("S18 other fields are another signature")
    void twilioFields(String body) {
        assertThat(twilio("token-1", URL, form(body), TWILIO_SIGNED)).isEqualTo(SignatureCheck.WRONG);
    }

    @Test
    @DisplayName("S18 a header that is no signature of Twilio")
    void twilioHeader() {
        assertThat(twilio("token-1", URL, FORM, null)).isEqualTo(SignatureCheck.MISSING);
        assertThat(twilio("token-1", URL, FORM, "")).isEqualTo(SignatureCheck.MISSING);
        assertThat(twilio("token-1", URL, FORM, "***")).isEqualTo(SignatureCheck.MALFORMED);
        assertThat(twilio("token-1", URL, FORM, "AAAA")).isEqualTo(SignatureCheck.MALFORMED);
        assertThat(twilio("token-1", URL, FORM, "A".repeat(10_000))).isEqualTo(SignatureCheck.MALFORMED);
        assertThat(twilio("token-2", URL, FORM, TWILIO_SIGNED)).isEqualTo(SignatureCheck.WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,", "a,b,c", "a b", "very-secret\n2"})
    @DisplayName("X2 secrets are one or two, and never shown")
    void secretsAreChecked(String text) {
        assertThatThrownBy(() -> WebhookSecrets.of("WEBHOOK_SECRET", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WEBHOOK_SECRET")
                .message()
                .doesNotContain("very-secret");
        assertThat(secrets("very-secret").toString()).doesNotContain("very");
    }

    private static SignatureCheck mobile(
            String secrets, @Nullable String signature, @Nullable String timestamp, byte[] body, Instant now) {
        var values = new HashMap<String, String>();
        if (signature != null) {
            values.put("x-smsmobileapi-signature", signature);
        }
        if (timestamp != null) {
            values.put("x-smsmobileapi-timestamp", timestamp);
        }
        return TimedSignatureCheck.smsMobileApi(secrets(secrets)).verify(headers(values), body, now);
    }

    private static SignatureCheck twilio(String tokens, String url, FormBody form, @Nullable String header) {
        return new TwilioSignature(secrets(tokens)).verify(url, form, header);
    }

    private static WebhookSecrets secrets(String text) {
        return WebhookSecrets.of("WEBHOOK_SECRET", text);
    }

    private static Function<String, Optional<String>> headers(Map<String, String> values) {
        return name -> Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    private static FormBody form(String body) {
        return FormBody.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
