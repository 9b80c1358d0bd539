package dev.sluice.service.sms.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.sms.reply.Delivery.NotDelivered;
import dev.sluice.service.sms.reply.Delivery.Refused;
import dev.sluice.service.sms.reply.Delivery.Sent;
import dev.sluice.service.sms.reply.Delivery.Unknown;
import dev.sluice.service.sms.text.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every sender against a provider whose connections really break; what was sent is counted there.
@Timeout(120)
final class SendersTest {
    private static final String SECRET = "very-secret-0123456789";
    private static final String NUMBER = "+639171234567";
    private static final Reply REPLY = new Reply(
            "r-1", new Address(NUMBER, Address.Kind.NUMBER, "PH"), "Thanks for confirming! See you soon. & é 👍");

    private final FakeSmsProvider provider = new FakeSmsProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({"smsmobileapi, sma-1", "twilio, SM1", "http, h-1"})
    void sends(String name, String providerId) {
        assertThat(sender(name).send(REPLY)).isEqualTo(new Sent(providerId));

        assertThat(provider.sent()).singleElement().satisfies(sms -> {
            assertThat(sms.to()).isEqualTo(NUMBER);
            assertThat(sms.text()).isEqualTo(REPLY.text());
        });
    }

    @Test
    @DisplayName("X2 the key of SMSMobileAPI is in no URL")
    void smsMobileApiRequest() {
        sender("smsmobileapi").send(REPLY);

        var request = provider.requests().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/sendsms/");
        assertThat(request.fields())
                .isEqualTo(Map.of("apikey", SECRET, "recipients", NUMBER, "message", REPLY.text(), "sendsms", "1"));
    }

    @Test
    @DisplayName("X2 the token of Twilio is in a header alone")
    void twilioRequest() {
        sender("twilio").send(REPLY);

        var request = provider.requests().getFirst();
        assertThat(request.path()).isEqualTo("/2010-04-01/Accounts/AC01/Messages.json");
        assertThat(request.headers())
                .containsEntry(
                        "authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("AC01:" + SECRET).getBytes(StandardCharsets.UTF_8)));
        assertThat(request.fields())
                .isEqualTo(Map.of(
                        "To",
                        NUMBER,
                        "From",
                        "+15551234567",
                        "Body",
                        REPLY.text(),
                        "StatusCallback",
                        "https://example.org/api/webhook/twilio"));
    }

    @Test
    void twilioMessagingService() {
        sender("twilio", Map.of("TWILIO_FROM", "MG01")).send(REPLY);

        assertThat(provider.requests().getFirst().fields())
                .containsEntry("MessagingServiceSid", "MG01")
                .doesNotContainKey("From");
    }

    @Test
    void httpRequest() {
        sender("http").send(REPLY);

        var request = provider.requests().getFirst();
        assertThat(request.path()).isEqualTo("/own/sms");
        assertThat(request.headers())
                .containsEntry("idempotency-key", "r-1")
                .containsEntry("authorization", "Bearer " + SECRET);
        assertThat(request.fields()).isEqualTo(Map.of("reply_id", "r-1", "to", NUMBER, "message", REPLY.text()));
        assertThat(provider.sentFor("r-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smsmobileapi | {\"result\":{\"error\":\"1\",\"sent\":\"0\",\"note\":\"no phone\"}} | no phone",
                "smsmobileapi | {\"result\":{\"error\":0,\"sent\":\"api_error\"}} | api_error",
                "smsmobileapi | {\"result\":{\"error\":\"quota reached\"}} | quota reached",
                "smsmobileapi | {\"error\":\"invalid apikey\"} | invalid apikey",
                "smsmobileapi | {\"result\":{\"error\":0,\"sent\":\"0\"}} | refused",
                "twilio | {\"sid\":\"SM1\",\"status\":\"failed\",\"error_code\":30003} | 30003",
                "twilio | {\"sid\":\"SM1\",\"status\":\"undelivered\",\"error_code\":null} | refused",
                "twilio | {\"sid\":\"SM1\",\"status\":\"queued\",\"error_code\":21610} | 21610",
                "http | {\"error\":\"no route\"} | no route",
                "http | {\"success\":false,\"message\":\"later\"} | later",
                "http | {\"status\":\"error\"} | refused",
                "http | {\"error\":{\"message\":\"no credit\"}} | no credit",
            })
    @DisplayName("S14 a 200 whose body says error is a refusal")
    void errorInGoodAnswer(String name, String body, String reason) {
        provider.always(SmsFault.answer(200, body));

        assertThat(sender(name).send(REPLY))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains(reason));
        assertThat(provider.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "smsmobileapi, '<html>hello</html>'",
        "smsmobileapi, ''",
        "smsmobileapi, '{}'",
        "smsmobileapi, '[]'",
        "twilio, '<Response/>'",
        "twilio, '{}'",
    })
    @DisplayName("S14 a 200 that does not say what became of the reply leaves it unknown")
    void unclearAnswer(String name, String body) {
        provider.always(SmsFault.answer(200, body).thoughSent());

        assertThat(sender(name).send(REPLY)).isInstanceOf(Unknown.class);
    }

    @Test
    @DisplayName("S14 an own service need not say anything but 2xx")
    void httpNeedsNoBody() {
        provider.next(SmsFault.answer(202, ""), SmsFault.answer(200, "OK"), SmsFault.answer(200, "{\"error\":null}"));

        for (int i = 0; i < 3; i++) {
            assertThat(sender("http").send(REPLY)).isEqualTo(new Sent(null));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "smsmobileapi, 400",
        "smsmobileapi, 403",
        "twilio, 400",
        "twilio, 401",
        "twilio, 404",
        "http, 409",
        "http, 422",
        "http, 302",
        "twilio, 307"
    })
    void refusedByStatus(String name, int status) {
        provider.always(
                SmsFault.answer(status, "{\"code\":21610,\"message\":\"unsubscribed\",\"error\":\"unsubscribed\"}")
                        .withHeader("Location", provider.baseUrl() + "/elsewhere"));

        assertThat(sender(name).send(REPLY))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains("" + status)
                                .contains("unsubscribed"));
        assertThat(provider.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"smsmobileapi, 500", "twilio, 503", "http, 502", "http, 303", "http, 408"})
    @DisplayName("S13 what may have been sent is unknown, and is not tried again")
    void unknownByStatus(String name, int status) {
        provider.always(SmsFault.answer(status, "oops").thoughSent());

        assertThat(sender(name).send(REPLY))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.reason()).contains("" + status));
        assertThat(provider.sentTo(NUMBER)).isEqualTo(1);
        assertThat(provider.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smsmobileapi", "twilio", "http"})
    @DisplayName("S13 a connection that breaks after the request leaves the reply unknown: one request, no more")
    void droppedAfterRequest(String name) {
        provider.always(SmsFault.dropAfterReading());

        assertThat(sender(name).send(REPLY)).isInstanceOf(Unknown.class);
        assertThat(provider.sentTo(NUMBER)).isEqualTo(1);
        assertThat(provider.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smsmobileapi", "twilio", "http"})
    @DisplayName("S13 a connection that breaks at once never counts as sent")
    void droppedBeforeRequest(String name) {
        provider.always(SmsFault.dropBeforeReading());

        assertThat(sender(name).send(REPLY)).isInstanceOfAny(Unknown.class, NotDelivered.class);
        assertThat(provider.sent()).isEmpty();
    }

    @Test
    @DisplayName("S13 a provider that falls silent leaves the reply unknown")
    void stalled() {
        provider.always(SmsFault.stall());

        assertThat(sender("http", Duration.ofSeconds(3)).send(REPLY))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.reason()).contains("3000 ms"));
        assertThat(provider.sentFor("r-1")).isEqualTo(1);
    }

    @Test
    @DisplayName("S13 who is interrupted while waiting leaves the reply unknown and stays interrupted")
    void interrupted() throws Exception {
        provider.always(SmsFault.stall());
        var result = new CompletableFuture<Delivery>();
        var flagged = new CompletableFuture<Boolean>();
        Thread thread = Thread.ofVirtual().start(() -> {
            result.complete(sender("http").send(REPLY));
            flagged.complete(Thread.currentThread().isInterrupted());
        });

        provider.awaitRequests(1);
        thread.interrupt();

        assertThat(result.get(30, TimeUnit.SECONDS)).isInstanceOf(Unknown.class);
        assertThat(flagged.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @RepeatedTest(20) // the JDK's client tells of the break in more than one way
    @DisplayName("S13 an answer that breaks off tells by its status what it can")
    void cutAnswer() {
        provider.next(SmsFault.cut(200), SmsFault.cut(200), SmsFault.cut(400));

        assertThat(sender("smsmobileapi").send(REPLY)).isInstanceOf(Unknown.class);
        assertThat(sender("http").send(REPLY)).isEqualTo(new Sent(null));
        assertThat(sender("twilio").send(REPLY)).isInstanceOf(Refused.class);
    }

    @Test
    @DisplayName("S13 what cannot have arrived may be sent again under the same id")
    void nobodyListens() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        var sender = sender("http", Map.of("SMS_HTTP_URL", "http://127.0.0.1:" + port + "/sms"));

        assertThat(sender.send(REPLY)).isEqualTo(new NotDelivered("http: no connection", null));
    }

    @Test
    @DisplayName("S13 where no TLS connection comes about nothing can have arrived")
    void noTls() {
        var sender = sender("http", Map.of("SMS_HTTP_URL", provider.baseUrl().replace("http:", "https:") + "/sms"));
        provider.always(SmsFault.dropBeforeReading());

        assertThat(sender.send(REPLY)).isInstanceOf(NotDelivered.class);
        assertThat(provider.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smsmobileapi", "twilio", "http"})
    @DisplayName("S13 too many requests: not delivered, and the provider says when")
    void tooMany(String name) {
        provider.next(
                SmsFault.answer(429, "{}").withHeader("Retry-After", "7"),
                SmsFault.answer(429, "").withHeader("Retry-After", "Wed, 01 Jul 2026 12:00:30 GMT"),
                SmsFault.answer(429, ""));
        var sender = sender(name);

        assertThat(retryAfter(sender)).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter(sender)).isEqualTo(Duration.ofSeconds(30));
        assertThat(retryAfter(sender)).isNull();
        assertThat(provider.sent()).isEmpty();
    }

    @Test
    void endlessAnswersAreNotKept() {
        provider.always(SmsFault.answer(200, "x".repeat(10 << 20)).thoughSent());

        assertThat(sender("twilio").send(REPLY)).isInstanceOf(Unknown.class);
        assertThat(sender("http").send(REPLY)).isEqualTo(new Sent(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smsmobileapi", "twilio", "http"})
    @DisplayName("S19 a provider that repeats key, number and text gets none of them into a reason")
    void reasonsAreClean(String name) {
        String echo = "bad " + SECRET + " for " + NUMBER + " and " + NUMBER.substring(1) + " \\u001b[31m\\r\\nforged=1 "
                + REPLY.text();
        String body = "{\"result\":{\"error\":\"%s\"},\"message\":\"%s\",\"error\":\"%s\"}".formatted(echo, echo, echo);
        provider.next(SmsFault.answer(400, body), SmsFault.answer(200, body.replace("result", "error_code")));

        for (int i = 0; i < 2; i++) {
            assertThat(sender(name).send(REPLY))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason())
                                    .contains("[redacted]", "+63*******567")
                                    .doesNotContain(SECRET, NUMBER, NUMBER.substring(1), REPLY.text())
                                    .hasSizeLessThanOrEqualTo(200)
                                    .hasLineCount(1)
                                    .doesNotContain("\u001b"));
        }
    }

    private @Nullable Duration retryAfter(ReplySender sender) {
        return sender.send(REPLY) instanceof NotDelivered later ? later.retryAfter() : Duration.ofDays(-1);
    }

    private ReplySender sender(String name) {
        return sender(name, Map.of(), Duration.ofSeconds(30));
    }

    private ReplySender sender(String name, Duration whole) {
        return sender(name, Map.of(), whole);
    }

    private ReplySender sender(String name, Map<String, String> other) {
        return sender(name, other, Duration.ofSeconds(30));
    }

    private ReplySender sender(String name, Map<String, String> other, Duration whole) {
        var values = new HashMap<>(Map.of(
                "SMS_SENDER",
                name,
                "SMS_MOBILE_API_KEY",
                SECRET,
                "SMS_MOBILE_API_BASE_URL",
                provider.baseUrl(),
                "TWILIO_ACCOUNT_SID",
                "AC01",
                "TWILIO_AUTH_TOKEN",
                SECRET,
                "TWILIO_FROM",
                "+15551234567",
                "TWILIO_BASE_URL",
                provider.baseUrl(),
                "TWILIO_STATUS_CALLBACK_URL",
                "https://example.org/api/webhook/twilio",
                "SMS_HTTP_URL",
                provider.baseUrl() + "/own/sms",
                "SMS_HTTP_TOKEN",
                SECRET));
        values.putAll(other);
        return new ReplySenders(
                        variable -> Optional.ofNullable(values.get(variable)),
                        new SendTimes(Duration.ofSeconds(20), whole),
                        InstantSource.fixed(Instant.parse("2026-07-01T12:00:00Z")))
                .sender();
    }
}
