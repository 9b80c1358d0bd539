package dev.sluice.service.session;

import dev.sluice.model.EventId;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.replay.LogEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns events into the two columns of a chunk and back: their frames one after the other, and their marks.
///
/// A mark is two variable-length numbers (7 bits a byte, low bits first): the frame's length doubled, plus one if the
/// event is the log's last; and the microseconds since the event before (zigzag: clocks may be set back), for the
/// first one since 1970.
final class ChunkCodec {
    private ChunkCodec() {}

    static byte[] frames(List<LogEntry> entries) {
        var out = new ByteArrayOutputStream(
                entries.stream().mapToInt(entry -> entry.frame().length).sum());
        entries.forEach(entry -> out.writeBytes(entry.frame()));
        return out.toByteArray();
    }

    static byte[] marks(List<LogEntry> entries) {
        var out = new ByteArrayOutputStream(entries.size() * 4 + 8);
        long before = 0;
        for (LogEntry entry : entries) {
            put(out, entry.frame().length * 2L + (entry.terminal() ? 1 : 0));
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, entry.at());
            put(out, zigzag(micros - before));
            before = micros;
        }
        return out.toByteArray();
    }

    /// Reads a chunk's events.
    ///
    /// @param first the number of its first event
    /// @param storedEpoch the epoch that its frames name
    /// @param epoch the epoch that they are to name
    static List<LogEntry> entries(long first, byte[] marks, byte[] frames, String storedEpoch, String epoch) {
        var entries = new ArrayList<LogEntry>();
        ByteBuffer in = ByteBuffer.wrap(marks);
        int offset = 0;
        long micros = 0;
        long seq = first;
        while (in.hasRemaining()) {
            long mark = get(in);
            micros += unzigzag(get(in));
            int end = offset + Math.toIntExact(mark >>> 1);
            byte[] frame = Arrays.copyOfRange(frames, offset, end);
            if (!storedEpoch.equals(epoch)) {
                frame = SseFrames.withId(new EventId(epoch, seq).toString(), frame);
            }
            entries.add(new LogEntry(
                    seq, Instant.EPOCH.plus(micros, ChronoUnit.MICROS), SseFrames.type(frame), frame, (mark & 1) == 1));
            offset = end;
            seq++;
        }
        return entries;
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    private static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    private static void put(ByteArrayOutputStream out, long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }

    private static long get(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a mark of over ten bytes");
    }
}
