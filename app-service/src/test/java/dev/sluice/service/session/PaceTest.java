package dev.sluice.service.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaceTest {
    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1,1000,10,1000",
        "2,1000,10,500",
        "0.25,1000,10,4000",
        "16,1000,10,62.5",
        "1,30000,2,2000",
        "16,48000,2,2000"
    })
    @DisplayName("R15 a pause is the recorded one at the pace, and no longer than the longest that is shown")
    void pauses(double factor, long recordedMs, long maxIdleSeconds, double shownMs) {
        var pace = new Pace(factor, Duration.ofSeconds(maxIdleSeconds));

        assertThat(pace.pauseNanos(NOW, NOW.plusMillis(recordedMs))).isEqualTo((long) (shownMs * 1_000_000));
    }

    @Test
    @DisplayName("R15 a clock that was set back makes no pause")
    void clockSetBack() {
        assertThat(new Pace(1, Duration.ofSeconds(1)).pauseNanos(NOW, NOW.minusSeconds(5)))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.249, 16.01, Double.NaN, Double.POSITIVE_INFINITY})
    void otherPacesAreRefused(double factor) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(factor, Duration.ZERO));
    }
}
