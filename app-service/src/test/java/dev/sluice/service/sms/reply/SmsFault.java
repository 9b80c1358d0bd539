package dev.sluice.service.sms.reply;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How [FakeSmsProvider] treats one request. Immutable.
///
/// @param sends whether the message reaches a phone all the same
/// @param body null for what the dialect's provider answers when it took a message
public record SmsFault(
        Kind kind,
        boolean sends,
        int status,
        Map<String, String> headers,
        @Nullable String body) {
    /// What happens to the connection.
    public enum Kind {
        /// An answer is sent whole.
        ANSWER,
        /// An answer is sent but for its end, then the connection is closed.
        CUT,
        /// The connection is reset before anything is read.
        DROP_BEFORE_READING,
        /// The connection is reset after the request was read.
        DROP_AFTER_READING,
        /// Nothing is answered until the client leaves.
        STALL
    }

    public SmsFault {
        headers = Map.copyOf(headers);
    }

    /// Returns no fault: the message is sent, and the provider says so.
    public static SmsFault none() {
        return new SmsFault(Kind.ANSWER, true, 200, Map.of(), null);
    }

    /// Returns an answer; the message is not sent.
    public static SmsFault answer(int status, String body) {
        return new SmsFault(Kind.ANSWER, false, status, Map.of(), body);
    }

    /// Returns a reset before anything was read: the message is not sent.
    public static SmsFault dropBeforeReading() {
        return new SmsFault(Kind.DROP_BEFORE_READING, false, 0, Map.of(), null);
    }

    /// Returns a reset after the message was sent.
    public static SmsFault dropAfterReading() {
        return new SmsFault(Kind.DROP_AFTER_READING, true, 0, Map.of(), null);
    }

    /// Returns silence after the message was sent.
    public static SmsFault stall() {
        return new SmsFault(Kind.STALL, true, 0, Map.of(), null);
    }

    /// Returns an answer that breaks off, after the message was sent.
    public static SmsFault cut(int status) {
        return new SmsFault(Kind.CUT, true, status, Map.of(), "{\"resu");
    }

    /// Returns the same, but the message reaches its phone.
    public SmsFault thoughSent() {
        return new SmsFault(kind, true, status, headers, body);
    }

    /// Returns the same with one more response header.
    public SmsFault withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SmsFault(kind, sends, status, more, body);
    }
}
