package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The words that are stored: what was written by one version is read by the next.
final class WordsTest {
    @Test
    void statesHaveTheirWords() {
        assertThat(Arrays.stream(WindowState.values()).map(WindowState::wireName))
                .containsExactly("open", "held", "closed", "claimed", "done", "quarantined", "dropped");
        assertThat(WindowState.values())
                .allSatisfy(
                        state -> assertThat(WindowState.of(state.wireName())).isEqualTo(state));
        assertThatIllegalArgumentException().isThrownBy(() -> WindowState.of("ajar"));
    }

    @Test
    void reasonsHaveTheirWords() {
        assertThat(Arrays.stream(CloseReason.values()).map(CloseReason::wireName))
                .containsExactly("deadline", "full", "at_once", "flushed");
    }

    @Test
    @DisplayName("S5 a window has a length and room for one item at least")
    void leastRules() {
        assertThat(new WindowRules(Duration.ZERO, false, Duration.ZERO, 1, 1).maxItems())
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowRules(Duration.ofMillis(-1), false, Duration.ZERO, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowRules(Duration.ZERO, false, Duration.ZERO, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WindowRules(Duration.ZERO, false, Duration.ZERO, 1, 0));
    }

    @Test
    void latenessIsThatOfTheLatestThousand() {
        var lateness = new Lateness();
        assertThat(lateness.p99()).isZero();
        for (int i = 200; i > 0; i--) {
            lateness.record(i);
        }
        assertThat(lateness.p99()).isEqualTo(198);
        assertThat(lateness.worst()).isEqualTo(200);
        for (int i = 0; i < 1_024; i++) {
            lateness.record(7);
        }
        assertThat(lateness.p99()).isEqualTo(7);
        assertThat(lateness.worst()).isEqualTo(200);
    }
}
