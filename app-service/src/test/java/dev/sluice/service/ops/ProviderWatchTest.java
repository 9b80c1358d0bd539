package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.ops.ProviderView;
import dev.sluice.service.SetClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProviderWatchTest {
    private final SetClock clock = new SetClock();
    private final ProviderWatch watch = new ProviderWatch();

    @Test
    void wellWhileCallsSucceed() {
        look(0, 0, 32);
        clock.advance(Duration.ofSeconds(10));

        assertThat(look(100, 0, 32).level()).isEqualTo("ok");
    }

    @Test
    void someFailuresAreANoticeHalfOfThemAWarningAllOfThemCritical() {
        look(0, 0, 32);

        assertThat(look(10, 1, 32).level()).isEqualTo("notice");
        assertThat(look(10, 5, 32).level()).isEqualTo("warning");
        assertThat(look(2, 2, 32).level()).isEqualTo("notice");
        assertThat(look(10, 10, 32).level()).isEqualTo("critical");
        assertThat(look(10, 10, 32).detail()).isEqualTo("All of its latest 10 calls failed. The latest: boom");
    }

    @Test
    void throttledIsAWarning() {
        assertThat(look(10, 0, 16).level()).isEqualTo("warning");
        assertThat(look(10, 0, 16).detail()).startsWith("Struggles: driven with 16 of 32 slots.");
    }

    @Test
    void failuresAreForgottenAfterAMinuteOfGoodCalls() {
        look(0, 0, 32);
        look(10, 10, 32);
        for (int i = 1; i <= 13; i++) {
            clock.advance(Duration.ofSeconds(5));
            look(10 + i, 10, 32);
        }

        ConditionView now = look(30, 10, 32);
        assertThat(now.level()).isEqualTo("ok");
        assertThat(now.count()).isEqualTo(10);
    }

    @Test
    void afterALongTimeWithoutALookItStartsFromTheLastOne() {
        look(10, 10, 32);
        clock.advance(Duration.ofSeconds(6));
        look(10, 10, 32);
        clock.advance(Duration.ofHours(5));

        assertThat(look(500, 10, 32).level()).isEqualTo("ok");
    }

    private ConditionView look(long calls, long failures, int slots) {
        return watch.look(
                new ProviderView(
                        "openai",
                        false,
                        true,
                        "m",
                        slots,
                        32,
                        0,
                        0,
                        20,
                        25,
                        calls,
                        failures,
                        0,
                        0,
                        0,
                        failures == 0 ? null : "boom",
                        failures == 0 ? null : clock.instant()),
                clock.instant());
    }
}
