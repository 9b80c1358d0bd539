package dev.sluice.model.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.Json;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written arrives as it was written, and nothing in it can pose as something else.
class SseWireTest {
    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of("empty", ""),
                Arguments.of("one space", " "),
                Arguments.of("leading spaces", "   x"),
                Arguments.of("a leading colon", ": x"),
                Arguments.of("trailing newline", "x\n"),
                Arguments.of("trailing newlines", "x\n\n\n"),
                Arguments.of("only newlines", "\n\n"),
                Arguments.of("what looks like fields", "id: 9\nevent: forged\n\ndata: forged"),
                Arguments.of("NUL", "a\u0000b"),
                Arguments.of("line and paragraph separators", "a\u2028b\u2029c\u0085d"),
                Arguments.of("a byte order mark", "\uFEFFx"),
                Arguments.of("other alphabets and emoji", "žluťoučký 猫 👩‍👩‍👧"),
                Arguments.of("1 MiB", "0123456789abcdef".repeat(1 << 16)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    @DisplayName("R10 payloads arrive exactly")
    void payloadArrivesExactly(String what, String payload) {
        assertThat(Recorder.parse(SseFrames.event("e:1", "progress", payload.getBytes(UTF_8))).events)
                .as(what)
                .containsExactly(new SseEvent("e:1", "progress", payload));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\r\nb", "\r", "a\r"})
    @DisplayName("R10 a CR in a raw payload arrives as the line end that the format knows")
    void carriageReturnArrivesAsLineEnd(String payload) {
        String arrived = payload.replace("\r\n", "\n").replace('\r', '\n');

        assertThat(Recorder.parse(SseFrames.event(null, "progress", payload.getBytes(UTF_8))).events)
                .containsExactly(new SseEvent("", "progress", arrived));
    }

    @Test
    @DisplayName("R10 a CR inside JSON arrives exactly, because JSON escapes it")
    void carriageReturnInJsonArrivesExactly() {
        byte[] json = Json.bytes("a\rb\r\nc");

        assertThat(Recorder.parse(SseFrames.event(null, "progress", json)).events)
                .containsExactly(new SseEvent("", "progress", "\"a\\rb\\r\\nc\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000b", "\n", "x\n\ndata: forged"})
    @DisplayName("R10 injected newlines in names or ids create no field")
    void newlinesInNamesAndIdsAreRefused(String forged) {
        byte[] data = {'x'};

        assertThatThrownBy(() -> SseFrames.event(forged, "progress", data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id");
        assertThatThrownBy(() -> SseFrames.event("e:1", forged, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("event");
        assertThatThrownBy(() -> SseFrames.comment(forged)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void frameIsWhatOldClientsSplitOn() {
        byte[] frame = SseFrames.event("e:7", "delta", "{\"a\":1}".getBytes(UTF_8));

        assertThat(new String(frame, UTF_8)).isEqualTo("id: e:7\nevent: delta\ndata: {\"a\":1}\n\n");
    }

    @Test
    @DisplayName("R10 a frame is its fields line by line, whatever the payload's line ends are")
    void frameIsItsFieldsLineByLine() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            String data = random.ints(random.nextInt(12), 0, 5)
                    .mapToObj("\r\nxž猫"::charAt)
                    .map(String::valueOf)
                    .collect(Collectors.joining());
            String id = random.nextBoolean() ? null : "ž:" + round;
            var expected = new StringBuilder(id == null ? "" : "id: " + id + "\n").append("event: ž\n");
            for (String line : data.split("\r\n|\r|\n", -1)) {
                expected.append("data: ").append(line).append('\n');
            }

            assertThat(new String(SseFrames.event(id, "ž", data.getBytes(UTF_8)), UTF_8))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected.append('\n').toString());
        }
    }

    @Test
    void frameUnderAnotherIdIsTheSameOtherwise() {
        byte[] frame = SseFrames.event("e:7", "delta", "a\nb".getBytes(UTF_8));

        assertThat(new String(SseFrames.withId("ž-2:1234", frame), UTF_8))
                .isEqualTo("id: ž-2:1234\nevent: delta\ndata: a\ndata: b\n\n");
    }

    @Test
    void eventWithoutIdLeavesTheCursorAlone() {
        Recorder recorder = Recorder.parse(
                SseFrames.event("e:1", "delta", "a".getBytes(UTF_8)),
                SseFrames.event(null, "ping", "{}".getBytes(UTF_8)));

        assertThat(recorder.events)
                .containsExactly(new SseEvent("e:1", "delta", "a"), new SseEvent("e:1", "ping", "{}"));
        assertThat(recorder.lastEventId).isEqualTo("e:1");
    }

    @Test
    void openingSetsTheRetryDelayAndIsNoEvent() {
        Recorder recorder = Recorder.parse(SseFrames.opening(Duration.ofMillis(1500)));

        assertThat(recorder.retries).containsExactly(Duration.ofMillis(1500));
        assertThat(recorder.comments).containsExactly(" sluice");
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void commentIsNoEvent() {
        Recorder recorder = Recorder.parse(SseFrames.comment("still here"));

        assertThat(recorder.comments).containsExactly(" still here");
        assertThat(recorder.events).isEmpty();
    }
}
