package dev.sluice.model.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where the network cuts a stream must not matter: ten seeds that are always the same and one that never is; a
/// failure tells which it was.
class SseSplitTest {
    /// Pieces of the grammar, for any order: most streams are half broken, as they are when a connection is cut.
    private static final List<String> PIECES = List.of(
            "data",
            ":",
            ": ",
            " ",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\r\r",
            "\uFEFF",
            "id",
            "event",
            "retry",
            "7",
            "data: ",
            "data: é猫👩\n",
            "id: e:1\n",
            "event: a\n",
            "retry: 9\n",
            "\u0000",
            "\u2028",
            "x");

    private static final String CHARACTERS = "ab \n:{}\"\u0000\u2028\uFEFFé";

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R10 any split of the bytes parses the same")
    void anySplitParsesTheSame(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String stream = stream(random);
            byte[] bytes = stream.getBytes(UTF_8);
            int[] cuts = random.ints(random.nextInt(30), 0, bytes.length + 1)
                    .sorted()
                    .toArray();

            assertParsedTheSame(bytes, cuts, "seed " + seed + ": " + stream);
            assertParsedTheSame(
                    bytes, IntStream.range(0, bytes.length).toArray(), "seed " + seed + ", byte by byte: " + stream);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R10 any payload without a bare CR arrives exactly")
    void anyPayloadArrivesExactly(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String payload = payload(random);

            assertThat(Recorder.parse(SseFrames.event("e:1", "delta", payload.getBytes(UTF_8))).events)
                    .as("seed %d", seed)
                    .containsExactly(new SseEvent("e:1", "delta", payload));
        }
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 10), LongStream.of(System.nanoTime()));
    }

    private static void assertParsedTheSame(byte[] bytes, int[] cuts, String which) {
        Recorder whole = Recorder.parse(bytes);
        var split = new Recorder();
        var parser = new SseParser(split);
        int from = 0;
        for (int cut : cuts) {
            parser.feed(bytes, from, cut - from);
            from = cut;
        }
        parser.feed(bytes, from, bytes.length - from);

        assertThat(split.events).as("%s", which).isEqualTo(whole.events);
        assertThat(split.comments).as("%s", which).isEqualTo(whole.comments);
        assertThat(split.retries).as("%s", which).isEqualTo(whole.retries);
        assertThat(parser.lastEventId()).as("%s", which).isEqualTo(whole.lastEventId);
    }

    private static String stream(Random random) {
        var stream = new StringBuilder();
        for (int i = random.nextInt(61); i > 0; i--) {
            stream.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return stream.toString();
    }

    /// Half of them are empty or nearly so.
    private static String payload(Random random) {
        var payload = new StringBuilder();
        for (int i = random.nextInt(random.nextBoolean() ? 4 : 201); i > 0; i--) {
            payload.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return payload.toString();
    }
}
