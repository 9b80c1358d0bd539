package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.consolidate.WindowEngine.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// When the engine wakes, and what it does then.
final class AlarmTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final WindowRules RULES = new WindowRules(MINUTE, false, MINUTE, 100, 100_000);

    private final WindowEngine house = new WindowEngine();

    @Test
    @DisplayName("S10 what is due is closed in chunks of 250, all of it at its time")
    void chunks() {
        for (int i = 0; i < 600; i++) {
            house.arrive("key" + i, i, RULES);
        }
        house.advance(MINUTE);
        assertThat(house.batches)
                .hasSize(600)
                .allSatisfy(batch -> assertThat(batch.at()).isEqualTo(at(60)));
        assertThat(house.store.closings()).isEqualTo(3);
        assertThat(house.store.mostClosed()).isEqualTo(250);
    }

    @Test
    @DisplayName("S21 how late windows closed is told")
    void tellsLateness() {
        house.arrive("ann", 1, RULES);
        house.time.suspend(MINUTE.plusSeconds(5));
        house.advance(Duration.ZERO);
        assertThat(house.engine.stats().latenessP99()).isEqualTo(Duration.ofSeconds(5));
        assertThat(house.engine.stats().latenessWorst()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("S8 a window that is held or over no longer sets the alarm")
    void alarmForgets() {
        house.arrive("ann", 1, RULES);
        house.engine.changed(List.of(house.store.set("w000000", WindowState.HELD, at(60))));
        assertThat(house.time.nextAlarm()).isEqualTo(Instant.MAX);
        assertThat(house.engine.stats().gathering()).isZero();
        house.engine.changed(List.of(house.store.set("w000000", WindowState.OPEN, at(90))));
        assertThat(house.time.nextAlarm()).isEqualTo(at(90));
        house.engine.changed(List.of(house.store.set("w000000", WindowState.CLOSED, at(90))));
        assertThat(house.time.nextAlarm()).isEqualTo(Instant.MAX);
        house.run();
        assertThat(house.batches).hasSize(1);
    }

    @Test
    void theAlarmIsSetToWhateverComesFirst() {
        house.script.add(new Step.PutOff(Duration.ofSeconds(30)));
        house.arrive("ann", 1, RULES);
        house.advance(MINUTE);
        assertThat(house.time.nextAlarm()).isEqualTo(at(90));
        house.arrive("bob", 2, RULES);
        assertThat(house.time.nextAlarm()).isEqualTo(at(90));
        house.script.add(new Step.PutOff(Duration.ofHours(1)));
        house.advance(Duration.ofSeconds(30));
        assertThat(house.time.nextAlarm()).isEqualTo(at(120));
    }

    @Test
    @DisplayName("S5 the alarm is set to the next deadline and to nothing else")
    void sleepsToNextDeadline() {
        assertThat(house.time.nextAlarm()).isEqualTo(Instant.MAX);
        house.arrive("ann", 1, RULES);
        house.advance(Duration.ofSeconds(5));
        house.arrive("bob", 2, RULES);
        assertThat(house.time.nextAlarm()).isEqualTo(at(60));
        house.advance(Duration.ofSeconds(55));
        assertThat(house.time.nextAlarm()).isEqualTo(at(65));
        house.advance(Duration.ofSeconds(5));
        assertThat(house.time.nextAlarm()).isEqualTo(Instant.MAX);
    }

    private static Instant at(long second) {
        return WindowEngine.START.plusSeconds(second);
    }
}
