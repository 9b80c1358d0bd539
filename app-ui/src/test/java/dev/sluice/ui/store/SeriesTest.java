package dev.sluice.ui.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SeriesTest {
    private final Series series = new Series(3);

    @Test
    void keepsTheLatestValuesInOrder() {
        for (double value = 1; value <= 5; value++) {
            series.add(value);
        }
        var copy = new double[3];

        assertThat(series.copyLatest(copy)).isEqualTo(3);
        assertThat(copy).containsExactly(3, 4, 5);
    }

    @Test
    void fillsOnlyTheEndOfALargerTarget() {
        series.add(7);
        var copy = new double[] {-1, -1, -1, -1};

        assertThat(series.copyLatest(copy)).isEqualTo(1);
        assertThat(copy).containsExactly(-1, -1, -1, 7);
    }

    @Test
    void givesTheLatestToASmallerTarget() {
        series.add(1);
        series.add(2);
        var copy = new double[1];

        series.copyLatest(copy);

        assertThat(copy).containsExactly(2);
    }

    @Test
    void versionGrowsWithEachValue() {
        long before = series.version();
        series.add(1);

        assertThat(series.version()).isEqualTo(before + 1);
    }

    @Test
    void refusesToKeepNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Series(0));
    }
}
