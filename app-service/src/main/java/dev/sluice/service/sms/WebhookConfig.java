package dev.sluice.service.sms;

import dev.sluice.service.auth.Caller;
import dev.sluice.service.sms.intake.WebhookSecrets;
import java.util.Optional;
import java.util.function.Function;

/// How webhooks prove who they are; counts at the start only.
///
/// @param generic the secrets of `/api/webhook/sms-received`; empty if none are set
/// @param smsMobileApi those of SMSMobileAPI
/// @param twilio Twilio's auth tokens
/// @param twilioUrl the URL by which Twilio was told to come, without its path; empty to go by the request
public record WebhookConfig(
        Optional<WebhookSecrets> generic,
        Optional<WebhookSecrets> smsMobileApi,
        Optional<WebhookSecrets> twilio,
        Optional<String> twilioUrl,
        String genericOrg,
        String smsMobileApiOrg,
        String twilioOrg) {
    /// Reads it.
    ///
    /// @param values a variable's value, empty if it is not set
    /// @throws IllegalArgumentException naming what is not acceptable, never its value
    public static WebhookConfig from(Function<String, Optional<String>> values) {
        return new WebhookConfig(
                secrets(values, "SMS_WEBHOOK_SECRET"),
                secrets(values, "SMSMOBILEAPI_WEBHOOK_SECRET"),
                secrets(values, "TWILIO_AUTH_TOKEN"),
                values.apply("TWILIO_WEBHOOK_URL").map(WebhookConfig::base),
                org(values, "SMS_WEBHOOK_ORG"),
                org(values, "SMSMOBILEAPI_WEBHOOK_ORG"),
                org(values, "TWILIO_WEBHOOK_ORG"));
    }

    private static Optional<WebhookSecrets> secrets(Function<String, Optional<String>> values, String name) {
        return values.apply(name).map(text -> WebhookSecrets.of(name, text));
    }

    private static String org(Function<String, Optional<String>> values, String name) {
        String org = values.apply(name).orElse(Caller.DEFAULT_ORG);
        if (!Caller.isOrg(org)) {
            throw new IllegalArgumentException(name + " must be an org: 1-64 of A-Z a-z 0-9 . _ -");
        }
        return org;
    }

    private static String base(String url) {
        if (!url.matches("https?://[^/?#]+/?")) {
            throw new IllegalArgumentException(
                    "TWILIO_WEBHOOK_URL must be scheme and host, such as https://sms.example.org");
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
