package dev.sluice.service.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import java.util.function.Supplier;

/// Checks what Helidon's parser takes on trust: that the two bytes it skips after a line or a chunk are a line
/// end, and that a chunk's size is a short hexadecimal number.
///
/// Otherwise a proxy in front could see the end of a body elsewhere (RFC 9112, section 7.1), and a size line
/// without end would fill the memory.
final class StrictReader extends DataReader {
    private static final int LINE_END = 2;
    private static final int LONGEST_SIZE = 16;

    StrictReader(Supplier<byte[]> bytes) {
        super(bytes);
    }

    @Override
    public void skip(int length) {
        if (length == LINE_END && !startsWithNewLine()) {
            throw malformed("a line end is missing");
        }
        super.skip(length);
    }

    @Override
    public BufferData readBuffer(int length) {
        BufferData data = getBuffer(length);
        super.skip(length); // content, of whatever bytes
        return data;
    }

    @Override
    public BufferData readBuffer() {
        ensureAvailable();
        return readBuffer(available());
    }

    /// Returns a chunk's size, or the empty line after the last chunk: Helidon reads nothing else by lines.
    @Override
    public String readLine() {
        int end = findNewLine(LONGEST_SIZE);
        if (end >= LONGEST_SIZE) {
            throw malformed("a chunk's size is too long");
        }
        String line = readAsciiString(end);
        skip(LINE_END);
        if (!line.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw malformed("a chunk's size is not a number");
        }
        return line;
    }

    private static RequestException malformed(String what) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .setKeepAlive(false)
                .message(what)
                .build();
    }
}
