package dev.sluice.ui.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {
    private final ReconnectPolicy policy = ReconnectPolicy.standard(new Random(7));

    @Test
    void doublesUpToTheMostAndDrawsFromTheUpperHalf() {
        for (int attempt = 1; attempt <= 60; attempt++) {
            long whole = Math.min(10_000, attempt > 20 ? 10_000 : 250L << (attempt - 1));

            assertThat(policy.delay(attempt).toMillis()).isBetween(whole / 2, whole);
        }
    }

    @Test
    void consolesDoNotComeBackTogether() {
        assertThat(IntStream.range(0, 20).mapToObj(i -> policy.delay(6)).distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void onlyASteadyConnectionBeginsTheCountAnew() {
        assertThat(policy.next(4, Duration.ofSeconds(9))).isEqualTo(5);
        assertThat(policy.next(4, Duration.ofSeconds(10))).isEqualTo(1);
    }
}
