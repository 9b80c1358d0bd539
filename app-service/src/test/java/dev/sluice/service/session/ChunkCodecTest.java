package dev.sluice.service.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventId;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.replay.LogEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ChunkCodecTest {
    @Test
    @DisplayName("R5 events come back from a chunk byte for byte, with their times, also when the clock was set back")
    void chunksComeBackAsTheyWere() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            List<LogEntry> entries = entries(random, 1 + random.nextInt(50), 1 + random.nextInt(1_000));

            List<LogEntry> back = ChunkCodec.entries(
                    entries.getFirst().seq(), ChunkCodec.marks(entries), ChunkCodec.frames(entries), "s1", "s1");

            assertThat(back)
                    .as("seed %d", seed)
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(entries);
        }
    }

    @Test
    @DisplayName("R5 a log in a new life gives its stored events new ids and leaves the rest of them alone")
    void newLifeNewIds() {
        List<LogEntry> entries = entries(new Random(1), 5, 7);

        List<LogEntry> back =
                ChunkCodec.entries(7, ChunkCodec.marks(entries), ChunkCodec.frames(entries), "s1", "s1-2");

        for (int i = 0; i < entries.size(); i++) {
            String before = new String(entries.get(i).frame(), UTF_8);
            assertThat(new String(back.get(i).frame(), UTF_8)).isEqualTo(before.replaceFirst("id: s1:", "id: s1-2:"));
        }
    }

    private static List<LogEntry> entries(Random random, int count, long first) {
        var entries = new ArrayList<LogEntry>();
        Instant at = Instant.parse("2026-01-31T08:00:00Z");
        for (int i = 0; i < count; i++) {
            at = at.plusNanos((random.nextLong(4_000_000) - 1_000_000) * 1_000);
            byte[] data = "x".repeat(random.nextInt(300)).getBytes(UTF_8);
            byte[] frame = SseFrames.event(new EventId("s1", first + i).toString(), "type" + random.nextInt(3), data);
            entries.add(
                    new LogEntry(first + i, at, SseFrames.type(frame), frame, i == count - 1 && random.nextBoolean()));
        }
        return entries;
    }
}
