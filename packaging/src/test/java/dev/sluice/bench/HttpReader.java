package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads responses of one connection from bytes that come in any pieces. Used by one thread.
///
/// Knows what the servers measured here send: a length, chunks, or a body until the connection's end.
final class HttpReader {
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
    private static final Pattern CHUNKED = Pattern.compile("\r\ntransfer-encoding: *chunked\r\n");
    private static final int LONGEST_HEAD = 32 << 10;

    /// Takes the bytes of bodies, without their framing.
    interface Body {
        void read(byte[] bytes, int from, int to);
    }

    private enum State {
        HEAD,
        FIXED,
        UNTIL_CLOSE,
        SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        DONE
    }

    private final Body body;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    private State state = State.HEAD;
    private int ends;
    private long left;
    private boolean sizeRead;
    private boolean extension;
    private boolean lineEmpty;
    private String headers = "";
    private int status;

    HttpReader(Body body) {
        this.body = body;
    }

    /// Reads some bytes; what comes after the response's end is refused.
    void read(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            at = switch (state) {
                case HEAD -> head(bytes, at);
                case FIXED, CHUNK, UNTIL_CLOSE -> body(bytes, at, to);
                case SIZE -> size(bytes[at], at);
                case CHUNK_END -> {
                    state = bytes[at] == '\n' ? State.SIZE : State.CHUNK_END;
                    yield at + 1;
                }
                case TRAILER -> trailer(bytes[at], at);
                case DONE -> throw new IllegalStateException("bytes after the response's end");
            };
        }
    }

    /// Begins with the next response of the connection.
    void next() {
        state = State.HEAD;
        ends = 0;
        status = 0;
    }

    /// Returns whether the response is there to its end.
    boolean done() {
        return state == State.DONE;
    }

    /// Returns whether the head is there.
    boolean answered() {
        return status != 0;
    }

    /// Returns whether the connection's end is the response's.
    boolean untilClose() {
        return state == State.UNTIL_CLOSE;
    }

    int status() {
        return status;
    }

    /// Returns a header's value, or an empty text.
    ///
    /// @param name in lower case
    String header(String name) {
        Matcher found =
                Pattern.compile("\r\n" + Pattern.quote(name) + ": *([^\r]*)").matcher(headers);
        return found.find() ? found.group(1) : "";
    }

    private int head(byte[] bytes, int at) {
        byte b = bytes[at];
        head.write(b);
        if (b == '\n') {
            ends++;
        } else if (b != '\r') {
            ends = 0;
        }
        if (head.size() > LONGEST_HEAD) {
            throw new IllegalStateException("a head of over " + LONGEST_HEAD + " bytes");
        }
        if (ends == 2) {
            begin();
        }
        return at + 1;
    }

    private void begin() {
        String whole = head.toString(ISO_8859_1);
        head.reset();
        status = Integer.parseInt(whole.substring(9, 12));
        headers = whole.toLowerCase(Locale.ROOT);
        Matcher length = LENGTH.matcher(headers);
        if (CHUNKED.matcher(headers).find()) {
            state = State.SIZE;
            left = 0;
            sizeRead = false;
        } else if (length.find()) {
            left = Long.parseLong(length.group(1));
            state = left == 0 ? State.DONE : State.FIXED;
        } else {
            state = status == 204 ? State.DONE : State.UNTIL_CLOSE;
            left = Long.MAX_VALUE;
        }
    }

    private int body(byte[] bytes, int from, int to) {
        int end = (int) Math.min(to, from + Math.min(left, Integer.MAX_VALUE / 2));
        body.read(bytes, from, end);
        left -= end - from;
        if (left == 0) {
            state = state == State.FIXED ? State.DONE : State.CHUNK_END;
        }
        return end;
    }

    private int size(byte b, int at) {
        int digit = Character.digit(b, 16);
        if (b == '\n') {
            sizeRead = false;
            extension = false;
            state = left == 0 ? State.TRAILER : State.CHUNK;
            lineEmpty = true;
            return at + 1;
        }
        if (digit >= 0 && !extension) {
            left = (sizeRead ? left : 0) * 16 + digit;
            sizeRead = true;
        } else {
            extension |= b == ';';
        }
        return at + 1;
    }

    private int trailer(byte b, int at) {
        if (b == '\n') {
            if (lineEmpty) {
                state = State.DONE;
            }
            lineEmpty = true;
        } else if (b != '\r') {
            lineEmpty = false;
        }
        return at + 1;
    }
}
