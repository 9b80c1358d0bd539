package dev.sluice.service.sms.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.Json;
import dev.sluice.service.sms.intake.DeliveryReport.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProviderPayloadsTest {
    @Test
    void smsMobileApiReceived() throws Exception {
        assertThat(mobile("""
                {"id": "8e9a1207-e3a4-4550-a4af-3dad6cff5108", "type": "sms.received", "api_version": "2026-09-22",
                 "created_at": "2026-09-23T12:00:01Z", "occurred_at": "2026-09-23T12:00:00Z",
                 "data": {"guid": "SMS-GUID-1001", "from": "+15551234567", "message": "Can you call me back?",
                          "received_at": "2026-09-23T11:59:59Z", "alias": "Taylor"}}"""))
                .isEqualTo(new WebhookEvent.Received(new ReceivedText(
                        "mobile",
                        "SMS-GUID-1001",
                        "+15551234567",
                        "Can you call me back?",
                        Instant.parse("2026-09-23T11:59:59Z"))));
    }

    @Test
    void smsMobileApiEventStandsInForAMissingGuid() throws Exception {
        var event = mobile("{\"id\":\"e1\",\"type\":\"sms.received\",\"occurred_at\":\"2026-09-23T12:00:00Z\","
                + "\"data\":{\"from\":\"+1\",\"message\":\"m\"}}");

        assertThat(event)
                .isEqualTo(new WebhookEvent.Received(
                        new ReceivedText("mobile", "e1", "+1", "m", Instant.parse("2026-09-23T12:00:00Z"))));
    }

    @Test
    void smsMobileApiReports() throws Exception {
        assertThat(mobile("{\"id\":\"e\",\"type\":\"sms.sent\",\"data\":{\"guid\":\"p1\"}}"))
                .isEqualTo(new WebhookEvent.Reported(new DeliveryReport("p1", State.SENT, null)));
        assertThat(mobile("{\"id\":\"e\",\"type\":\"sms.failed\",\"data\":{\"id\":\"p1\",\"error\":\"no signal\"}}"))
                .isEqualTo(new WebhookEvent.Reported(new DeliveryReport("p1", State.UNDELIVERED, "no signal")));
        assertThat(mobile("{\"id\":\"e\",\"type\":\"sms.sent\",\"data\":{}}"))
                .isEqualTo(new WebhookEvent.Ignored("sms.sent"));
        assertThat(mobile("{\"id\":\"e\",\"type\":\"call.missed\",\"data\":{}}"))
                .isEqualTo(new WebhookEvent.Ignored("call.missed"));
    }

    @Test
    void smsMobileApiRefusals() throws Exception {
        assertThat(mobile("{\"id\":\"e\",\"type\":\"sms.received\",\"data\":{\"guid\":\"g\",\"from\":\"+1\"}}"))
                .isEqualTo(new WebhookEvent.Refused(new RefusedText(0, "message", "is missing", "+1")));
        assertThat(
                        mobile(
                                "{\"id\":\"e\",\"type\":\"sms.received\",\"data\":{\"guid\":1,\"from\":\"+1\",\"message\":\"m\"}}"))
                .isInstanceOf(WebhookEvent.Refused.class);
        for (String none :
                new String[] {"{}", "[]", "{\"type\":\"sms.received\"}", "{\"type\":\"sms.sent\",\"data\":1}"}) {
            assertThatThrownBy(() -> mobile(none)).isInstanceOf(IntakeException.class);
        }
    }

    @Test
    void twilioReceived() {
        assertThat(twilio(
                        "ToCountry=US&MessageSid=SM1&SmsSid=SM1&NumMedia=0&Body=S%C3%AD+%F0%9F%91%8D%0Aok%2B&From=%2B639171234567"
                                + "&SmsStatus=received&To=%2B15551234567&AccountSid=AC1"))
                .isEqualTo(new WebhookEvent.Received(
                        new ReceivedText("twilio", "SM1", "+639171234567", "Sí 👍\nok+", null)));
        assertThat(twilio("MessageSid=MM1&NumMedia=1&Body=&From=%2B1&MediaUrl0=https%3A%2F%2Fexample.org"))
                .isEqualTo(new WebhookEvent.Received(new ReceivedText("twilio", "MM1", "+1", "", null)));
    }

    @ParameterizedTest
    @CsvSource({
        "queued, ACCEPTED",
        "sending, ACCEPTED",
        "sent, SENT",
        "delivered, DELIVERED",
        "read, DELIVERED",
        "undelivered, UNDELIVERED",
        "failed, UNDELIVERED"
    })
    void twilioReports(String status, State state) {
        assertThat(twilio("MessageSid=SM1&MessageStatus=" + status + "&To=%2B1&From=%2B2&SmsStatus=" + status))
                .isEqualTo(new WebhookEvent.Reported(new DeliveryReport("SM1", state, null)));
        assertThat(twilio("MessageSid=SM1&MessageStatus=" + status + "&ErrorCode=30003"))
                .isEqualTo(new WebhookEvent.Reported(new DeliveryReport("SM1", state, "30003")));
    }

    @Test
    void twilioOthers() {
        assertThat(twilio("MessageSid=SM1&MessageStatus=teleported")).isEqualTo(new WebhookEvent.Ignored("teleported"));
        assertThat(twilio("From=%2B1&Body=x"))
                .isEqualTo(new WebhookEvent.Refused(new RefusedText(0, "MessageSid", "is missing", "+1")));
        assertThat(twilio("MessageSid=SM1&From=%2B1&Body=a%00b"))
                .isEqualTo(new WebhookEvent.Refused(new RefusedText(0, "Body", "holds NUL", "+1")));
        assertThatThrownBy(() -> twilio("")).isInstanceOf(IntakeException.class);
        assertThatThrownBy(() -> twilio("MessageStatus=sent")).isInstanceOf(IntakeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Body=%", "Body=%G1", "%zz=1", "Body=%ff", "Body=%ED%A0%BD"})
    void malformedForms(String body) {
        assertThatThrownBy(() -> form(body)).isInstanceOf(IntakeException.class);
    }

    @Test
    void formsKeepWhatIsGivenTwice() {
        assertThat(form("a=1&b&a=2&&c=x=y").pairs())
                .containsExactly(
                        new FormBody.Pair("a", "1"),
                        new FormBody.Pair("b", ""),
                        new FormBody.Pair("a", "2"),
                        new FormBody.Pair("c", "x=y"));
        assertThatThrownBy(() -> form("a=1&".repeat(1_001))).isInstanceOf(IntakeException.class);
    }

    @Test
    @DisplayName("S19 no text form shows a number or a text")
    void textFormsAreSilent() {
        var text = new ReceivedText("a", "g", "+639171234567", "private words", null);
        assertThat(text.toString()).doesNotContain("1234", "private");
        assertThat(new WebhookEvent.Received(text).toString()).doesNotContain("1234", "private");
        assertThat(form("Body=private").toString()).doesNotContain("private");
        assertThat(new RefusedText(0, "guid", "is missing", "+639171234567").toString())
                .doesNotContain("1234");
    }

    private static WebhookEvent mobile(String json) throws Exception {
        return SmsMobileApiPayload.read("mobile", Json.mapper().readTree(json));
    }

    private static WebhookEvent twilio(String body) {
        return TwilioPayload.read("twilio", form(body));
    }

    private static FormBody form(String body) {
        return FormBody.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
