package dev.sluice.ui.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PumpTest {
    private static final long MILLI = 1_000_000;

    private final AtomicLong version = new AtomicLong();
    private final AtomicInteger drawn = new AtomicInteger();

    @BeforeAll
    static void toolkit() {
        Toolkit.start();
    }

    @Test
    void drawsAtOnceAndThenOnlyWhatChanged() {
        var pump = Toolkit.on(Pump::new);
        pump.draw(Pump.Rate.PULSE, version::get, drawn::incrementAndGet);

        pump.beat(16 * MILLI);
        assertThat(drawn).hasValue(1);
        version.incrementAndGet();
        pump.beat(32 * MILLI);
        pump.beat(48 * MILLI);
        assertThat(drawn).hasValue(2);
    }

    @Test
    void drawsTilesNoMoreThanTenTimesASecond() {
        var pump = Toolkit.on(Pump::new);
        pump.draw(Pump.Rate.TILES, version::incrementAndGet, drawn::incrementAndGet);

        for (int pulse = 1; pulse <= 60; pulse++) {
            pump.beat(1_000 * MILLI + pulse * 1_000L * MILLI / 60);
        }

        assertThat(drawn).hasValueBetween(9, 11);
    }

    @Test
    void ceasesWhenUnsubscribed() {
        var pump = Toolkit.on(Pump::new);
        var subscription = pump.draw(Pump.Rate.PULSE, version::incrementAndGet, drawn::incrementAndGet);

        subscription.unsubscribe();
        pump.beat(16 * MILLI);

        assertThat(drawn).hasValue(1);
    }
}
