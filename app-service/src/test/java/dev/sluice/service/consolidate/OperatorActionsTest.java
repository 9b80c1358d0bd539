package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.consolidate.WindowEngine.Batch;
import dev.sluice.service.consolidate.WindowEngine.Step;
import dev.sluice.service.consolidate.WindowStore.Redating;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What operators do about windows, and what is due while they do it.
final class OperatorActionsTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final WindowRules RULES = new WindowRules(MINUTE, false, MINUTE, 100, 100_000);

    private final WindowEngine house = new WindowEngine();

    @Test
    @DisplayName("S8 a window flushed as its timer fires is one batch")
    void flushRacesTimer() {
        house.arrive("ann", 1, RULES);
        var flushed = house.store.set("w000000", WindowState.CLOSED, at(60));
        house.advance(MINUTE);
        house.engine.changed(List.of(flushed));
        house.engine.changed(List.of(flushed));
        house.advance(MINUTE);
        assertThat(house.batches).hasSize(1);
        assertThat(house.engine.stats().keys()).isZero();
    }

    @Test
    @DisplayName("S8 a held window stays open past its deadline, and leaves when it is released")
    void holdAndRelease() {
        house.arrive("ann", 1, RULES);
        house.engine.changed(List.of(house.store.set("w000000", WindowState.HELD, at(60))));
        house.advance(Duration.ofHours(1));
        house.arrive("ann", 2, RULES);
        assertThat(house.batches).isEmpty();
        assertThat(house.time.nextAlarm()).isEqualTo(Instant.MAX);
        house.engine.changed(List.of(house.store.set("w000000", WindowState.OPEN, at(60))));
        house.advance(Duration.ZERO);
        assertThat(house.batches).extracting(Batch::items).containsExactly(List.of(1, 2));
    }

    @Test
    @DisplayName("S8 a deadline that was moved counts, whichever way")
    void movedDeadline() {
        house.arrive("ann", 1, RULES);
        house.arrive("bob", 2, RULES);
        house.engine.changed(List.of(house.store.set("w000000", WindowState.OPEN, at(300))));
        house.engine.changed(List.of(house.store.set("w000001", WindowState.OPEN, at(10))));
        house.advance(Duration.ofSeconds(10));
        assertThat(house.batches).extracting(Batch::key).containsExactly("bob");
        house.advance(Duration.ofSeconds(289));
        assertThat(house.batches).hasSize(1);
        house.advance(Duration.ofSeconds(1));
        assertThat(house.batches).extracting(Batch::key).containsExactly("bob", "ann");
    }

    @Test
    @DisplayName("S8 a deadline that was put off in the store as the timer fired is not overruled")
    void extendedUnheard() {
        house.arrive("ann", 1, RULES);
        house.store.set("w000000", WindowState.OPEN, at(90));
        house.advance(MINUTE);
        assertThat(house.batches).isEmpty();
        house.advance(Duration.ofSeconds(30));
        assertThat(house.batches).containsExactly(new Batch("ann", 1, List.of(1), at(90)));
    }

    @Test
    @DisplayName("S8 a dropped window is not processed")
    void dropped() {
        house.arrive("ann", 1, RULES);
        house.engine.changed(List.of(house.store.set("w000000", WindowState.DROPPED, at(60))));
        house.advance(Duration.ofHours(1));
        assertThat(house.batches).isEmpty();
        assertThat(house.engine.stats().keys()).isZero();
    }

    @Test
    @DisplayName("S8 a window dropped while it waits for its turn is not processed")
    void droppedWhileWaiting() {
        house.arrive("ann", 1, RULES);
        house.time.advance(MINUTE);
        house.engine.changed(List.of(house.store.set("w000000", WindowState.DROPPED, at(60))));
        house.run();
        assertThat(house.batches).isEmpty();
        assertThat(house.engine.stats().keys()).isZero();
    }

    @Test
    @DisplayName("S8 a batch that is dropped while it is put off leaves nothing behind")
    void droppedWhilePutOff() {
        house.script.add(new Step.PutOff(Duration.ofHours(1)));
        house.arrive("ann", 1, RULES);
        house.advance(MINUTE);
        house.engine.changed(List.of(house.store.set("w000000", WindowState.DROPPED, at(60))));
        house.engine.reconsider();
        house.run();
        assertThat(house.batches).isEmpty();
        assertThat(house.engine.stats().keys()).isZero();
        assertThat(house.engine.stats().waiting()).isZero();
    }

    @Test
    @DisplayName("S8 pause keeps windows past their deadlines; afterwards they leave, none lost")
    void pauseKeeps() {
        house.arrive("ann", 1, RULES);
        house.pause(true);
        house.advance(Duration.ofHours(1));
        assertThat(house.batches).isEmpty();
        assertThat(house.store.get("w000000").state).isEqualTo(WindowState.OPEN);
        house.pause(false);
        house.advance(Duration.ZERO);
        assertThat(house.batches).hasSize(1);
    }

    @Test
    void pauseBeginsNothingThatIsClosed() {
        var full = new WindowRules(MINUTE, false, MINUTE, 1, 1_000);
        house.pause(true);
        house.arrive("ann", 1, full);
        assertThat(house.begun()).isZero();
        house.pause(false);
        assertThat(house.begun()).isEqualTo(1);
    }

    @Test
    @DisplayName("S7 a new length moves the deadlines of open windows, in small steps; what is overdue drains")
    void redates() {
        for (int i = 0; i < 600; i++) {
            house.arrive("key" + i, i, RULES);
        }
        house.advance(Duration.ofSeconds(20));
        assertThat(house.engine.redate(new Redating.ByRules(RULES.withWindow(Duration.ofSeconds(30)))))
                .isEqualTo(600);
        house.advance(Duration.ofSeconds(10));
        assertThat(house.batches).hasSize(600).allMatch(batch -> batch.at().equals(at(30)));
    }

    @Test
    @DisplayName("S7 all open windows may be closed at once")
    void closesAll() {
        house.arrive("ann", 1, RULES);
        house.arrive("bob", 2, RULES);
        assertThat(house.engine.redate(new Redating.DueNow())).isEqualTo(2);
        house.advance(Duration.ZERO);
        assertThat(house.batches).hasSize(2);
    }

    private static Instant at(long second) {
        return WindowEngine.START.plusSeconds(second);
    }
}
