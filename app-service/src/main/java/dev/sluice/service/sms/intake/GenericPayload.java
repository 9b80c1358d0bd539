package dev.sluice.service.sms.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.service.sms.intake.Fields.BadFieldException;
import dev.sluice.service.sms.intake.Fields.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The dialect of `/api/webhook/sms-received`: one text {guid, number, message, date?, hour?,
/// time_received?}, or {messages: [...]} of them, which wins where both are given. Unknown fields are
/// ignored.
public final class GenericPayload {
    private GenericPayload() {}

    /// Reads a payload; bad texts do not keep the good ones out.
    ///
    /// @param account kept with each text
    /// @throws IntakeException if it is no object, or `messages` no list, or one of more than 1 000
    public static Payload read(String account, JsonNode body) {
        if (!body.isObject()) {
            throw new IntakeException("the body", "must be a JSON object");
        }
        JsonNode messages = body.path("messages");
        if (messages.isMissingNode() || messages.isNull()) {
            return read(account, List.of(body));
        }
        if (!messages.isArray()) {
            throw new IntakeException("messages", "must be a list");
        }
        if (messages.size() > IntakeLimits.MESSAGES) {
            throw new IntakeException("messages", "holds more than " + IntakeLimits.MESSAGES + " texts");
        }
        var nodes = new ArrayList<JsonNode>();
        messages.forEach(nodes::add);
        return read(account, nodes);
    }

    private static Payload read(String account, List<JsonNode> nodes) {
        var items = new ArrayList<Payload.Item>();
        var refused = new ArrayList<RefusedText>();
        for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            try {
                items.add(new Payload.Item(i, text(account, node)));
            } catch (BadFieldException bad) {
                refused.add(bad.at(i, number(node)));
            }
        }
        return new Payload(nodes.size(), items, refused);
    }

    private static ReceivedText text(String account, JsonNode node) throws BadFieldException {
        if (!node.isObject()) {
            throw new BadFieldException("message", "must be an object");
        }
        return Fields.text(account, field(node, "guid"), field(node, "number"), field(node, "message"), time(node));
    }

    static Field field(JsonNode node, String name) {
        JsonNode value = node.path(name);
        boolean absent = value.isMissingNode() || value.isNull();
        return new Field(name, value.textValue(), !absent && !value.isTextual());
    }

    private static @Nullable Instant time(JsonNode node) {
        Instant received = ProviderTime.read(scalar(node, "time_received"));
        if (received != null) {
            return received;
        }
        Instant whole = ProviderTime.read(scalar(node, "date"), scalar(node, "hour"));
        return whole == null ? ProviderTime.read(scalar(node, "date")) : whole;
    }

    static @Nullable String scalar(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isTextual() || value.isIntegralNumber() ? value.asText() : null;
    }

    private static @Nullable String number(JsonNode node) {
        String number = node.path("number").textValue();
        return number == null || number.length() > IntakeLimits.NUMBER ? null : number;
    }
}
