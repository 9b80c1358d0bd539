package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.Pairs.Comparison;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void percentilesAreNearestRanksWhateverTheOrder() {
        var sample = new Sample();
        for (int i = 0; i < 2_000; i++) {
            sample.add((i * 7_919L) % 2_000 + 1);
        }

        assertThat(sample.count()).isEqualTo(2_000);
        assertThat(sample.percentile(0)).isEqualTo(1);
        assertThat(sample.median()).isEqualTo(1_000);
        assertThat(sample.percentile(99)).isEqualTo(1_980);
        assertThat(sample.max()).isEqualTo(2_000);
    }

    @Test
    void aSampleGrowsAfterItWasAsked() {
        var sample = Sample.of(5, 3);
        assertThat(sample.max()).isEqualTo(5);

        sample.add(4);
        sample.add(9);

        assertThat(sample.max()).isEqualTo(9);
        assertThat(sample.median()).isEqualTo(4);
    }

    @Test
    void aSampleTakesInAnother() {
        var sample = Sample.of(1, 2);

        sample.add(Sample.of(9, 8, 7));

        assertThat(sample.count()).isEqualTo(5);
        assertThat(sample.sum()).isEqualTo(27);
        assertThat(sample.median()).isEqualTo(7);
    }

    @Test
    void theWorstOfCountsIsTheOneFarthestFromWhatIsWanted() {
        assertThat(Sample.of(50, 50, 48).farthestFrom(50)).isEqualTo(48);
        assertThat(Sample.of(1, 3, 1).farthestFrom(1)).isEqualTo(3);
        assertThat(Sample.of(1, 1).farthestFrom(1)).isEqualTo(1);
    }

    @Test
    void nothingMeasuredIsNoNumber() {
        assertThat(new Sample().median()).isNaN();
        assertThat(new Sample().farthestFrom(1)).isNaN();
    }

    @Test
    void sidesAreMeasuredInTurns() throws Exception {
        List<String> order = new ArrayList<>();

        var found = Pairs.compare(
                2,
                List.of(
                        () -> {
                            order.add("A");
                            return order.size();
                        },
                        () -> {
                            order.add("B");
                            return 4;
                        }));

        assertThat(order).containsExactly("A", "B", "A", "B");
        assertThat(found).containsExactly(new Comparison(2, 4, 0.5, 0.25, 0.75));
    }

    @Test
    void theRatioIsTheMedianOfRatiosAndNotTheRatioOfMedians() {
        var found = Comparison.of(new double[] {1, 10, 3}, new double[] {2, 5, 3});

        assertThat(found).isEqualTo(new Comparison(3, 3, 1, 0.5, 2));
    }
}
