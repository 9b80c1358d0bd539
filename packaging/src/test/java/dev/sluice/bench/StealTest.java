package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StealTest {
    @Test
    void isTheShareOfWhatWasWanted() {
        var before = Steal.of("cpu  100 10 20 5000 7 1 2 30 0 0");
        var after = Steal.of("cpu  140 10 30 9000 9 1 2 80 25 5");

        assertThat(after.percentSince(before)).isEqualTo(50);
        assertThat(before.percentSince(before)).isZero();
    }
}
