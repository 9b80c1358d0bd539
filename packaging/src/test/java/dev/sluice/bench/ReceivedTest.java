package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceivedTest {
    private static final String STREAM = """
            event: ping
            data: {}

            id: e:1
            event: delta
            data: a

            : still here

            id: e:2
            event: delta
            data: b

            id: e:3
            event: done
            data: c

            """;

    @Test
    void eventsOfTheLogAreCounted() {
        var received = Received.of(STREAM);

        assertThat(received.unbroken()).isEqualTo(3);
        assertThat(received.data("delta")).isEqualTo("a\nb");
        assertThat(received.endsWith("done")).isTrue();
        assertThat(received.endsWith("delta")).isFalse();
    }

    @Test
    void nothingCountsAfterOneThatIsMissing() {
        assertThat(Received.of(STREAM.replace("e:2", "e:7")).unbroken()).isEqualTo(1);
        assertThat(Received.of(STREAM.replace("e:3", "e:2")).unbroken()).isEqualTo(2);
        assertThat(Received.of(STREAM.replace("e:1", "e:2")).unbroken()).isZero();
        assertThat(Received.of("").endsWith("done")).isFalse();
    }
}
