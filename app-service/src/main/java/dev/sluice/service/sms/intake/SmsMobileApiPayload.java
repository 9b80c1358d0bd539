package dev.sluice.service.sms.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.sms.intake.Fields.BadFieldException;
import dev.sluice.service.sms.intake.Fields.Field;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// SMSMobileAPI's webhooks, version 2: an envelope {id, type, data}, whose `sms.received` has {guid,
/// from, message, received_at}. It is delivered at least once, each time with the same ids.
public final class SmsMobileApiPayload {
    private static final int LONGEST_TYPE = 100;

    private SmsMobileApiPayload() {}

    /// Reads an envelope.
    ///
    /// @throws IntakeException if it is none
    public static WebhookEvent read(String account, JsonNode body) {
        String type = body.path("type").asText("");
        JsonNode data = body.path("data");
        if (type.isEmpty() || type.length() > LONGEST_TYPE) {
            throw new IntakeException("type", "is missing or too long");
        }
        return switch (type) {
            case "sms.received" -> received(account, body, object(data));
            case "sms.sent" -> report(object(data), DeliveryReport.State.SENT, type);
            case "sms.failed" -> report(object(data), DeliveryReport.State.UNDELIVERED, type);
            default -> new WebhookEvent.Ignored(type);
        };
    }

    private static JsonNode object(JsonNode data) {
        if (!data.isObject()) {
            throw new IntakeException("data", "must be an object");
        }
        return data;
    }

    private static WebhookEvent received(String account, JsonNode body, JsonNode data) {
        Field guid = GenericPayload.field(data, "guid");
        Field from = GenericPayload.field(data, "from");
        boolean nameless = guid.value() == null && !guid.wrongType();
        try {
            return new WebhookEvent.Received(Fields.text(
                    account,
                    nameless ? GenericPayload.field(body, "id") : guid,
                    from,
                    GenericPayload.field(data, "message"),
                    time(body, data)));
        } catch (BadFieldException bad) {
            return new WebhookEvent.Refused(bad.at(0, from.value()));
        }
    }

    private static @Nullable Instant time(JsonNode body, JsonNode data) {
        Instant received = ProviderTime.read(GenericPayload.scalar(data, "received_at"));
        return received == null ? ProviderTime.read(GenericPayload.scalar(body, "occurred_at")) : received;
    }

    /// The documentation names no fields of these events; the id is looked for under each name that it
    /// has elsewhere.
    private static WebhookEvent report(JsonNode data, DeliveryReport.State state, String type) {
        for (String name : new String[] {"guid", "guid_message", "id"}) {
            String id = GenericPayload.scalar(data, name);
            if (id != null && !id.isBlank() && id.length() <= IntakeLimits.GUID) {
                String error = GenericPayload.scalar(data, "error");
                return new WebhookEvent.Reported(new DeliveryReport(id, state, error));
            }
        }
        return new WebhookEvent.Ignored(type);
    }
}
