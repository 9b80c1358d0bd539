package dev.sluice.model.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Encodes server-sent events as wire bytes: LF line ends, a space after each colon, one blank line after
/// a frame.
///
/// Frames are encoded once and shared by all readers. Source: WHATWG HTML, section 9.2.5; the space and
/// the LF are what old clients split on.
public final class SseFrames {
    private static final byte[] ID = "id: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NONE = {};
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);

    private SseFrames() {}

    /// Encodes an event.
    ///
    /// @param id the event's id, or null for an event that must not move a client's cursor
    /// @param type the event's name
    /// @param data the payload in UTF-8; line ends in it become further `data:` lines
    /// @throws IllegalArgumentException if `id` or `type` holds CR, LF or NUL, which would forge fields
    public static byte[] event(@Nullable String id, String type, byte[] data) {
        byte[] idBytes = id == null ? NONE : checked("id", id).getBytes(StandardCharsets.UTF_8);
        byte[] typeBytes = checked("event", type).getBytes(StandardCharsets.UTF_8);
        int head = id == null ? 0 : ID.length + idBytes.length + 1;
        byte[] frame = new byte[head + EVENT.length + typeBytes.length + 1 + linesLength(data) + 1];
        int at = id == null ? 0 : field(frame, 0, ID, idBytes, 0, idBytes.length);
        at = field(frame, at, EVENT, typeBytes, 0, typeBytes.length);
        at = lines(frame, at, data);
        frame[at] = '\n';
        return frame;
    }

    /// Encodes a comment, which clients ignore.
    ///
    /// @throws IllegalArgumentException if `text` holds CR, LF or NUL
    public static byte[] comment(String text) {
        return (": " + checked("comment", text) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Encodes the opening of a stream: the reconnection delay and a comment that pushes the bytes out.
    public static byte[] opening(Duration retry) {
        return ("retry: " + retry.toMillis() + "\n: sluice\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Returns an encoded event under another id.
    ///
    /// @param frame what [#event] made with an id
    /// @throws IllegalArgumentException if `id` holds CR, LF or NUL, or the frame has no id
    public static byte[] withId(String id, byte[] frame) {
        if (!startsWith(frame, 0, ID)) {
            throw new IllegalArgumentException("the frame has no id");
        }
        int body = lineEnd(frame, 0) + 1;
        byte[] idBytes = checked("id", id).getBytes(StandardCharsets.UTF_8);
        byte[] renamed = new byte[ID.length + idBytes.length + 1 + frame.length - body];
        int at = field(renamed, 0, ID, idBytes, 0, idBytes.length);
        System.arraycopy(frame, body, renamed, at, frame.length - body);
        return renamed;
    }

    /// Returns the name of an encoded event.
    ///
    /// @param frame what [#event] made
    public static String type(byte[] frame) {
        int start = startsWith(frame, 0, ID) ? lineEnd(frame, 0) + 1 : 0;
        if (!startsWith(frame, start, EVENT)) {
            throw new IllegalArgumentException("the frame has no event name");
        }
        int from = start + EVENT.length;
        return new String(frame, from, lineEnd(frame, from) - from, StandardCharsets.UTF_8);
    }

    /// Returns the payload of an encoded event; its line ends are LF.
    ///
    /// @param frame what [#event] made
    public static byte[] data(byte[] frame) {
        var out = new ByteArrayOutputStream(frame.length);
        boolean first = true;
        for (int start = 0; start < frame.length; start = lineEnd(frame, start) + 1) {
            if (startsWith(frame, start, DATA)) {
                if (!first) {
                    out.write('\n');
                }
                first = false;
                int from = start + DATA.length;
                out.write(frame, from, lineEnd(frame, from) - from);
            }
        }
        return out.toByteArray();
    }

    private static int lineEnd(byte[] frame, int from) {
        int end = from;
        while (frame[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean startsWith(byte[] frame, int from, byte[] prefix) {
        return frame.length - from >= prefix.length
                && Arrays.equals(frame, from, from + prefix.length, prefix, 0, prefix.length);
    }

    private static int linesLength(byte[] data) {
        int length = 0;
        for (int start = 0; start <= data.length; ) {
            int end = dataLineEnd(data, start);
            length += DATA.length + end - start + 1;
            start = nextDataLine(data, end);
        }
        return length;
    }

    /// Writes the payload's lines and returns where they end.
    private static int lines(byte[] frame, int from, byte[] data) {
        int at = from;
        for (int start = 0; start <= data.length; ) {
            int end = dataLineEnd(data, start);
            at = field(frame, at, DATA, data, start, end);
            start = nextDataLine(data, end);
        }
        return at;
    }

    private static int dataLineEnd(byte[] data, int from) {
        int end = from;
        while (end < data.length && data[end] != '\n' && data[end] != '\r') {
            end++;
        }
        return end;
    }

    /// Returns where the line after the one that ends there begins; behind the payload's end if it was
    /// the last.
    private static int nextDataLine(byte[] data, int end) {
        return end + 1 < data.length && data[end] == '\r' && data[end + 1] == '\n' ? end + 2 : end + 1;
    }

    /// Writes a line and returns where it ends.
    private static int field(byte[] frame, int at, byte[] name, byte[] value, int from, int to) {
        System.arraycopy(name, 0, frame, at, name.length);
        System.arraycopy(value, from, frame, at + name.length, to - from);
        int end = at + name.length + to - from;
        frame[end] = '\n';
        return end + 1;
    }

    private static String checked(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\n' || c == '\r' || c == 0) {
                throw new IllegalArgumentException("a line end or NUL in the " + what + " of a server-sent event");
            }
        }
        return value;
    }
}
