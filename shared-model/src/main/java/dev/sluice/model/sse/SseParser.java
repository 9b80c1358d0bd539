package dev.sluice.model.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Parses an event stream from any split of its bytes (WHATWG HTML, section 9.2.6).
///
/// Not thread-safe: one stream, one parser, one thread.
public final class SseParser {
    /// Receives what the stream says, on the feeding thread.
    public interface Handler {
        /// Called for each dispatched event.
        void onEvent(SseEvent event);

        /// Called for each comment line, without the colon: how heartbeats are seen.
        default void onComment(String text) {}

        /// Called when the stream sets the reconnection delay.
        default void onRetry(Duration delay) {}
    }

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    /// A reconnection delay of more digits than this says nothing sensible and is ignored.
    private static final int MAX_RETRY_DIGITS = 9;

    private final Handler handler;
    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private String type = "";
    private String lastId = "";
    private boolean afterCr;
    private boolean firstLine = true;

    /// Creates a parser that accepts lines and events of up to 16 MiB.
    public SseParser(Handler handler) {
        this(handler, 16 << 20);
    }

    /// Creates a parser.
    ///
    /// @param maxEventBytes the largest line, and the most characters of data in one event, accepted
    public SseParser(Handler handler, int maxEventBytes) {
        this.handler = handler;
        this.maxEventBytes = maxEventBytes;
    }

    /// Parses the next bytes of the stream.
    ///
    /// @throws IllegalStateException if a line or an event exceeds the limit
    public void feed(byte[] bytes, int offset, int length) {
        int start = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (afterCr) {
                afterCr = false;
                if (b == '\n') {
                    start = i + 1;
                    continue;
                }
            }
            if (b == '\n' || b == '\r') {
                keep(bytes, start, i - start);
                start = i + 1;
                afterCr = b == '\r';
                endLine();
            }
        }
        keep(bytes, start, end - start);
    }

    /// Returns the cursor to resume from: the last id the stream set, or the empty string.
    public String lastEventId() {
        return lastId;
    }

    private void keep(byte[] bytes, int start, int length) {
        if (length > 0) {
            if (line.size() + length > maxEventBytes) {
                throw new IllegalStateException("a line of the event stream exceeds " + maxEventBytes + " bytes");
            }
            line.write(bytes, start, length);
        }
    }

    private void endLine() {
        byte[] bytes = line.toByteArray();
        line.reset();
        int from = firstLine && startsWithBom(bytes) ? BOM.length : 0;
        firstLine = false;
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        if (colon == 0) {
            handler.onComment(text.substring(1));
        } else if (colon < 0) {
            field(text, "");
        } else {
            int value = colon + 1 < text.length() && text.charAt(colon + 1) == ' ' ? colon + 2 : colon + 1;
            field(text.substring(0, colon), text.substring(value));
        }
    }

    private void field(String name, String value) {
        switch (name) {
            case "event" -> type = value;
            case "data" -> {
                if (data.length() + value.length() > maxEventBytes) {
                    throw new IllegalStateException("an event exceeds " + maxEventBytes + " characters");
                }
                if (hasData) {
                    data.append('\n');
                }
                data.append(value);
                hasData = true;
            }
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    lastId = value;
                }
            }
            case "retry" -> {
                if (!value.isEmpty()
                        && value.length() <= MAX_RETRY_DIGITS
                        && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    handler.onRetry(Duration.ofMillis(Long.parseLong(value)));
                }
            }
            default -> {
                // the standard says: ignore unknown fields
            }
        }
    }

    private void dispatch() {
        if (hasData) {
            var event = new SseEvent(lastId, type.isEmpty() ? "message" : type, data.toString());
            data.setLength(0);
            hasData = false;
            type = "";
            handler.onEvent(event);
        } else {
            type = "";
        }
    }

    private static boolean startsWithBom(byte[] bytes) {
        return bytes.length >= BOM.length && bytes[0] == BOM[0] && bytes[1] == BOM[1] && bytes[2] == BOM[2];
    }
}
