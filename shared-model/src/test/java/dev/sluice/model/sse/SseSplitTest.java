package dev.sluice.model.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Where the network cuts a stream must not matter.
class SseSplitTest {
    @Property
    @Label("R10 any split of the bytes parses the same")
    void anySplitParsesTheSame(@ForAll("streams") String stream, @ForAll List<Integer> cuts) {
        byte[] bytes = stream.getBytes(UTF_8);
        Recorder whole = Recorder.parse(bytes);

        Recorder split = new Recorder();
        var parser = new SseParser(split);
        int from = 0;
        for (int cut : sorted(cuts, bytes.length)) {
            parser.feed(bytes, from, cut - from);
            from = cut;
        }
        parser.feed(bytes, from, bytes.length - from);

        assertThat(split.events).isEqualTo(whole.events);
        assertThat(split.comments).isEqualTo(whole.comments);
        assertThat(split.retries).isEqualTo(whole.retries);
        assertThat(parser.lastEventId()).isEqualTo(whole.lastEventId);
    }

    @Property
    @Label("R10 any payload without a bare CR arrives exactly")
    void anyPayloadArrivesExactly(@ForAll("payloads") String payload) {
        byte[] bytes = payload.getBytes(UTF_8);

        assertThat(Recorder.parse(SseFrames.event("e:1", "delta", bytes)).events)
                .containsExactly(new SseEvent("e:1", "delta", new String(bytes, UTF_8)));
    }

    /// Pieces of the grammar in any order: most streams are half broken, as they are when a connection is cut.
    @Provide
    Arbitrary<String> streams() {
        return Arbitraries.of(
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
                        "x")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> payloads() {
        return Arbitraries.strings().withChars("ab \n:{}\"\u0000\u2028\uFEFFé").ofMaxLength(200);
    }

    private static List<Integer> sorted(List<Integer> cuts, int length) {
        return cuts.stream().map(cut -> Math.floorMod(cut, length + 1)).sorted().toList();
    }
}
