package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
    private static final RetryPolicy POLICY =
            new RetryPolicy(3, Duration.ofMillis(400), Duration.ofSeconds(20), Duration.ofSeconds(30));
    private final ProviderException down = new ProviderException(Kind.SERVER, "down");

    @Test
    @DisplayName("C19 the pause doubles, and its upper half is left to chance")
    void pauseDoublesWithJitter() {
        for (int retries = 0; retries < 3; retries++) {
            assertThat(POLICY.pause(down, retries, Duration.ZERO, 0)).contains(Duration.ofMillis(200L << retries));
            assertThat(POLICY.pause(down, retries, Duration.ZERO, 0.5)).contains(Duration.ofMillis(300L << retries));
        }
        assertThat(POLICY.pause(down, 3, Duration.ZERO, 0)).isEmpty();
    }

    @Test
    @DisplayName("C19 never before Retry-After, and not at all if that is too long")
    void retryAfterIsALowerBound() {
        var asked = down.withRetryAfter(Duration.ofSeconds(20));
        assertThat(POLICY.pause(asked, 0, Duration.ZERO, 0)).contains(Duration.ofSeconds(20));
        assertThat(POLICY.pause(asked, 0, Duration.ZERO, 0.5)).contains(Duration.ofMillis(20_100));
        assertThat(POLICY.pause(asked, 0, Duration.ofSeconds(10), 0)).contains(Duration.ofSeconds(20));
        assertThat(POLICY.pause(asked, 0, Duration.ofSeconds(10).plusNanos(1), 0))
                .isEmpty();
        assertThat(POLICY.pause(down.withRetryAfter(Duration.ofMillis(20_001)), 0, Duration.ZERO, 0))
                .isEmpty();
    }

    @Test
    @DisplayName("C19 no try begins after the flight's time")
    void budgetIsKept() {
        assertThat(POLICY.pause(down, 0, Duration.ofMillis(29_800), 0)).isPresent();
        assertThat(POLICY.pause(down, 0, Duration.ofMillis(29_801), 0)).isEmpty();
    }
}
