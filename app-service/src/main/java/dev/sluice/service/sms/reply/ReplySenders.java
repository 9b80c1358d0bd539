package dev.sluice.service.sms.reply;

import dev.sluice.service.provider.Endpoint;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes what sends, from what the service was started with.
public final class ReplySenders {
    /// The names that SMS_SENDER takes.
    public static final List<String> NAMES =
            List.of(LogSender.NAME, SmsMobileApiSender.NAME, TwilioSender.NAME, HttpSender.NAME);

    private static final String SENDER = "SMS_SENDER";
    private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9A-Za-z]{1,64}");
    private static final Pattern FROM =
            Pattern.compile("\\+[0-9]{7,15}|[0-9]{3,8}|MG[0-9A-Za-z]{1,64}|[0-9A-Za-z &._-]{1,11}");

    private final Function<String, Optional<String>> values;
    private final SendTimes times;
    private final InstantSource clock;

    /// @param values a variable's value, empty if it is not set
    /// @param clock tells the time of signatures, and what a date in `Retry-After` is relative to
    public ReplySenders(Function<String, Optional<String>> values, SendTimes times, InstantSource clock) {
        this.values = values;
        this.times = times;
        this.clock = clock;
    }

    /// Returns the sender that SMS_SENDER names, `log` if it names none.
    ///
    /// @throws IllegalArgumentException naming the variable that is missing or not usable, never its value
    public ReplySender sender() {
        String name = given(SENDER).orElse(LogSender.NAME).toLowerCase(Locale.ROOT);
        return switch (name) {
            case LogSender.NAME -> new LogSender();
            case SmsMobileApiSender.NAME ->
                new SmsMobileApiSender(
                        url("SMS_MOBILE_API_BASE_URL", SmsMobileApiSender.BASE_URL),
                        secret("SMS_MOBILE_API_KEY", name),
                        times,
                        clock);
            case TwilioSender.NAME ->
                new TwilioSender(url("TWILIO_BASE_URL", TwilioSender.BASE_URL), account(name), times, clock);
            case HttpSender.NAME ->
                new HttpSender(
                        Endpoint.baseUrl("SMS_HTTP_URL", required("SMS_HTTP_URL", name)),
                        optionalSecret("SMS_HTTP_TOKEN"),
                        times,
                        clock);
            default -> throw new IllegalArgumentException(SENDER + " must be one of " + String.join(", ", NAMES));
        };
    }

    /// Returns where closed batches are told to; empty unless BATCH_WEBHOOK_URL is set.
    ///
    /// @throws IllegalArgumentException naming the variable that is not usable, never its value
    public Optional<BatchWebhook> batchWebhook() {
        return given("BATCH_WEBHOOK_URL")
                .map(url -> new BatchWebhook(
                        Endpoint.baseUrl("BATCH_WEBHOOK_URL", url),
                        optionalSecret("BATCH_WEBHOOK_SECRET"),
                        times,
                        clock));
    }

    private TwilioSender.Account account(String sender) {
        return new TwilioSender.Account(
                matching("TWILIO_ACCOUNT_SID", sender, ACCOUNT_SID, "AC and letters or digits"),
                secret("TWILIO_AUTH_TOKEN", sender),
                matching("TWILIO_FROM", sender, FROM, "a number such as +15551234567 or a messaging service (MG...)"),
                given("TWILIO_STATUS_CALLBACK_URL")
                        .map(url -> Endpoint.baseUrl("TWILIO_STATUS_CALLBACK_URL", url))
                        .orElse(null));
    }

    private String matching(String variable, String sender, Pattern form, String meaning) {
        String value = required(variable, sender);
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(variable + " must be " + meaning);
        }
        return value;
    }

    private URI url(String variable, String fallback) {
        return Endpoint.baseUrl(variable, given(variable).orElse(fallback));
    }

    private Secret secret(String variable, String sender) {
        return Secret.of(variable, required(variable, sender));
    }

    private @Nullable Secret optionalSecret(String variable) {
        return given(variable).map(value -> Secret.of(variable, value)).orElse(null);
    }

    private String required(String variable, String sender) {
        return given(variable)
                .orElseThrow(() -> new IllegalArgumentException(
                        SENDER + " is " + sender + ", but " + variable + " is not set: set it, or SMS_SENDER=log"));
    }

    private Optional<String> given(String variable) {
        return values.apply(variable).map(String::strip).filter(value -> !value.isEmpty());
    }
}
