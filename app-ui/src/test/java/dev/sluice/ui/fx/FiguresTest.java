package dev.sluice.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void agesKeepTheirUnit() {
        assertThat(Figures.age(Duration.ofMillis(420))).isEqualTo("0.4 s");
        assertThat(Figures.age(Duration.ofSeconds(12))).isEqualTo("12 s");
        assertThat(Figures.age(Duration.ofSeconds(185))).isEqualTo("3 min 05 s");
        assertThat(Figures.age(Duration.ofMinutes(127))).isEqualTo("2 h 07 min");
        assertThat(Figures.age(Duration.ofSeconds(-3))).isEqualTo("0.0 s");
    }

    @Test
    void numbersAreGroupedAndShort() {
        assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Figures.percent(0.7953)).isEqualTo("79.5 %");
        assertThat(Figures.millis(840.4)).isEqualTo("840 ms");
        assertThat(Figures.millis(2_870)).isEqualTo("2.87 s");
        assertThat(Figures.bytes(12_400)).isEqualTo("12.4 kB");
        assertThat(Figures.rate(3.25)).isEqualTo("3.3/s");
    }
}
