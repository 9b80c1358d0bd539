package dev.sluice.service.thread;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.model.Json;
import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.Message.Meta;
import dev.sluice.model.thread.Turn;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A turn as JSON, encoded once for all who share it; what differs from request to request is the metas
/// of its two messages. Immutable.
final class EncodedTurn {
    private static final Meta EMPTY = new Meta(0, null, null, null);
    private static final int EMPTY_BYTES = Json.bytes(EMPTY).length;
    private static final byte[] USER = "{\"user_message\":".getBytes(US_ASCII);
    private static final byte[] ASSISTANT = "},\"assistant_message\":".getBytes(US_ASCII);
    private static final byte[] END = "}}".getBytes(US_ASCII);

    private final byte[] user;
    private final byte[] assistant;

    private EncodedTurn(byte[] user, byte[] assistant) {
        this.user = user;
        this.assistant = assistant;
    }

    static EncodedTurn of(Turn turn) {
        return new EncodedTurn(upToMeta(turn.userMessage()), upToMeta(turn.assistantMessage()));
    }

    /// Returns what [Json#bytes] writes of the turn with these metas.
    byte[] with(Meta ofUser, Meta ofAssistant) {
        byte[] first = Json.bytes(ofUser);
        byte[] second = Json.bytes(ofAssistant);
        int length = USER.length + user.length + first.length + ASSISTANT.length + assistant.length + second.length;
        return ByteBuffer.allocate(length + END.length)
                .put(USER)
                .put(user)
                .put(first)
                .put(ASSISTANT)
                .put(assistant)
                .put(second)
                .put(END)
                .array();
    }

    /// The meta is a message's last field: what precedes it is cut off before an empty one and the
    /// closing brace.
    private static byte[] upToMeta(Message message) {
        byte[] whole = Json.bytes(message.withMeta(EMPTY));
        return Arrays.copyOf(whole, whole.length - EMPTY_BYTES - 1);
    }
}
