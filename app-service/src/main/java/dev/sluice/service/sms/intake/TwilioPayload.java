package dev.sluice.service.sms.intake;

import dev.sluice.service.sms.intake.Fields.BadFieldException;
import dev.sluice.service.sms.intake.Fields.Field;
import org.jspecify.annotations.Nullable;

/// Twilio's webhooks: texts that came (MessageSid, From, Body), and what became of replies (MessageSid,
/// MessageStatus, ErrorCode). Media are not looked at; a message of media alone is an empty text.
public final class TwilioPayload {
    private static final int LONGEST_STATUS = 50;

    private TwilioPayload() {}

    /// Reads a request's fields.
    ///
    /// @throws IntakeException if it is neither
    public static WebhookEvent read(String account, FormBody form) {
        String status = form.first("MessageStatus");
        String sid = firstOf(form, "MessageSid", "SmsSid", "SmsMessageSid");
        if (status != null && form.first("Body") == null) {
            return report(sid, status, form.first("ErrorCode"));
        }
        if (form.first("From") == null && form.first("Body") == null) {
            throw new IntakeException("MessageStatus", "is missing, and so are From and Body");
        }
        return received(account, sid, form);
    }

    private static WebhookEvent received(String account, @Nullable String sid, FormBody form) {
        String from = form.first("From");
        try {
            return new WebhookEvent.Received(Fields.text(
                    account,
                    Field.of("MessageSid", sid),
                    Field.of("From", from),
                    Field.of("Body", form.first("Body")),
                    null));
        } catch (BadFieldException bad) {
            return new WebhookEvent.Refused(bad.at(0, from));
        }
    }

    private static WebhookEvent report(@Nullable String sid, String status, @Nullable String error) {
        if (sid == null || sid.isBlank() || sid.length() > IntakeLimits.GUID) {
            throw new IntakeException("MessageSid", "is missing or too long");
        }
        DeliveryReport.@Nullable State state = switch (status) {
            case "accepted", "scheduled", "queued", "sending" -> DeliveryReport.State.ACCEPTED;
            case "sent" -> DeliveryReport.State.SENT;
            case "delivered", "read" -> DeliveryReport.State.DELIVERED;
            case "undelivered", "failed", "canceled" -> DeliveryReport.State.UNDELIVERED;
            default -> null;
        };
        if (state == null) {
            return new WebhookEvent.Ignored(status.substring(0, Math.min(status.length(), LONGEST_STATUS)));
        }
        return new WebhookEvent.Reported(
                new DeliveryReport(sid, state, error == null || error.isBlank() ? null : error));
    }

    private static @Nullable String firstOf(FormBody form, String... names) {
        for (String name : names) {
            String value = form.first(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
