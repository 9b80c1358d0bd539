package dev.sluice.service.sms.reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplySendersTest {
    private static final Map<String, String> TWILIO = Map.of(
            "SMS_SENDER", "twilio",
            "TWILIO_ACCOUNT_SID", "AC0123456789",
            "TWILIO_AUTH_TOKEN", "very-secret-token",
            "TWILIO_FROM", "+15551234567");

    @Test
    void nothingIsSentUnlessToldOtherwise() {
        ReplySender sender = senders(Map.of()).sender();

        assertThat(sender.name()).isEqualTo("log");
        assertThat(sender.real()).isFalse();
        assertThat(senders(Map.of("SMS_SENDER", " LOG ")).sender()).isInstanceOf(LogSender.class);
    }

    @Test
    void eachIsMadeOfItsVariables() {
        ReplySender mobile = senders(Map.of("SMS_SENDER", "smsmobileapi", "SMS_MOBILE_API_KEY", "k"))
                .sender();
        ReplySender own = senders(Map.of("SMS_SENDER", "http", "SMS_HTTP_URL", "http://127.0.0.1:1/sms"))
                .sender();

        assertThat(mobile).isInstanceOf(SmsMobileApiSender.class).matches(ReplySender::real);
        assertThat(senders(TWILIO).sender()).isInstanceOf(TwilioSender.class).matches(ReplySender::real);
        assertThat(own).isInstanceOf(HttpSender.class).matches(ReplySender::real);
    }

    @ParameterizedTest
    @CsvSource({
        "SMS_SENDER, carrier-pigeon, 'log, smsmobileapi, twilio, http'",
        "SMS_SENDER, smsmobileapi, SMS_MOBILE_API_KEY",
        "SMS_SENDER, http, SMS_HTTP_URL",
        "TWILIO_ACCOUNT_SID, '', TWILIO_ACCOUNT_SID",
        "TWILIO_ACCOUNT_SID, AC/../secret, TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN, '', TWILIO_AUTH_TOKEN",
        "TWILIO_AUTH_TOKEN, two secrets, TWILIO_AUTH_TOKEN",
        "TWILIO_FROM, '', TWILIO_FROM",
        "TWILIO_FROM, +secret, TWILIO_FROM",
        "TWILIO_BASE_URL, ftp://secret, TWILIO_BASE_URL",
        "TWILIO_STATUS_CALLBACK_URL, https://user:secret@a, TWILIO_STATUS_CALLBACK_URL",
    })
    @DisplayName("X2 what is missing or wrong is named, never repeated")
    void wrongValues(String name, String value, String named) {
        var values = new LinkedHashMap<>(TWILIO);
        values.put(name, value);

        assertThatThrownBy(() -> senders(values).sender())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named)
                .message()
                .doesNotContain("secret")
                .doesNotContain("pigeon");
    }

    @Test
    @DisplayName("X2 no secret is in a text form")
    void secretsAreHidden() {
        assertThat(senders(TWILIO).sender().toString()).doesNotContain("secret");
        assertThat(Secret.of("A_TOKEN", "very-secret-token").toString()).isEqualTo("Secret[hidden]");
        assertThat(new TwilioSender.Account("AC1", Secret.of("A_TOKEN", "very-secret-token"), "+1", null).toString())
                .doesNotContain("secret");
    }

    @Test
    void batchesAreToldToNobodyUnlessAsked() {
        assertThat(senders(Map.of("BATCH_WEBHOOK_SECRET", "s")).batchWebhook()).isEmpty();
        var url = Map.of("BATCH_WEBHOOK_URL", "https://example.org/batches");
        assertThat(senders(url).batchWebhook().orElseThrow().signed()).isFalse();
        var both = Map.of("BATCH_WEBHOOK_URL", "https://example.org/batches", "BATCH_WEBHOOK_SECRET", "s");
        assertThat(senders(both).batchWebhook().orElseThrow().signed()).isTrue();
        assertThatThrownBy(() -> senders(Map.of("BATCH_WEBHOOK_URL", "nowhere")).batchWebhook())
                .hasMessageContaining("BATCH_WEBHOOK_URL");
    }

    private static ReplySenders senders(Map<String, String> values) {
        return new ReplySenders(
                name -> Optional.ofNullable(values.get(name)), SendTimes.DEFAULT, InstantSource.system());
    }
}
