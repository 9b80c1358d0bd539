package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.consolidate.WindowEngine.Batch;
import dev.sluice.service.consolidate.WindowEngine.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ConsolidatorTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final WindowRules RULES = new WindowRules(MINUTE, false, MINUTE, 100, 100_000);

    private final WindowEngine house = new WindowEngine();

    @Test
    @DisplayName("S5 items of a key leave as one batch exactly at the deadline")
    void oneBatchAtDeadline() {
        house.arrive("ann", 1, RULES);
        house.advance(Duration.ofSeconds(20));
        house.arrive("ann", 2, RULES);
        house.advance(Duration.ofSeconds(40).minusMillis(1));
        assertThat(house.batches).isEmpty();
        house.advance(Duration.ofMillis(1));
        assertThat(house.batches).containsExactly(new Batch("ann", 1, List.of(1, 2), at(60)));
        assertThat(house.store.get("w000000").state).isEqualTo(WindowState.DONE);
    }

    @Test
    void isAtRestWhenAllIsProcessed() {
        house.arrive("ann", 1, RULES);
        house.arrive("bob", 2, RULES);
        assertThat(house.engine.stats().gathering()).isEqualTo(2);
        assertThat(house.engine.stats().nextDeadline()).isEqualTo(at(60));
        house.advance(MINUTE);
        var stats = house.engine.stats();
        assertThat(stats.keys()).isZero();
        assertThat(stats.gathering()).isZero();
        assertThat(stats.waiting()).isZero();
        assertThat(stats.running()).isZero();
        assertThat(stats.nextDeadline()).isNull();
        assertThat(stats.closed()).isEqualTo(2);
        assertThat(stats.processed()).isEqualTo(2);
        assertThat(stats.latenessWorst()).isZero();
    }

    @Test
    @DisplayName("S6 windows of one key are processed in order, one at a time; those of others beside them")
    void orderPerKey() {
        var full = new WindowRules(MINUTE, false, MINUTE, 1, 1_000);
        house.arrive("ann", 1, full);
        house.arrive("ann", 2, full);
        house.arrive("bob", 3, full);
        assertThat(house.begun()).isEqualTo(2);
        house.run();
        assertThat(house.batches).extracting(Batch::items).containsExactly(List.of(1), List.of(3), List.of(2));
    }

    @Test
    @DisplayName("S6 items that arrive while a window is processed go into a new one")
    void arrivalDuringProcessing() {
        house.arrive("ann", 1, RULES);
        house.script.add(new Step.Meanwhile(() -> house.arrive("ann", 2, RULES)));
        house.advance(MINUTE);
        assertThat(house.batches).containsExactly(new Batch("ann", 1, List.of(1), at(60)));
        house.advance(MINUTE);
        assertThat(house.batches.getLast()).isEqualTo(new Batch("ann", 2, List.of(2), at(120)));
    }

    @Test
    @DisplayName("S10 no more windows are in process at once than allowed, however many are due")
    void drainsPaced() {
        for (int i = 0; i < 1_000; i++) {
            house.arrive("key" + i, i, RULES);
        }
        house.time.advance(MINUTE);
        assertThat(house.begun()).isEqualTo(4);
        assertThat(house.store.closings()).isEqualTo(1_000 / Consolidator.CHUNK);
        assertThat(house.engine.stats().waiting()).isEqualTo(996);
        assertThat(house.runOne()).isTrue();
        assertThat(house.begun()).isEqualTo(4);
        house.run();
        assertThat(house.batches).hasSize(1_000).allMatch(batch -> batch.at().equals(at(60)));
    }

    @Test
    void postponedWindowIsTakenUpAtItsTimeAndHoldsUpItsKey() {
        var full = new WindowRules(MINUTE, false, MINUTE, 1, 1_000);
        house.script.add(new Step.PutOff(Duration.ofSeconds(30)));
        house.arrive("ann", 1, full);
        house.arrive("ann", 2, full);
        house.run();
        house.advance(Duration.ofSeconds(29));
        assertThat(house.batches).isEmpty();
        house.advance(Duration.ofSeconds(1));
        assertThat(house.batches).extracting(Batch::items).containsExactly(List.of(1), List.of(2));
        assertThat(house.store.get("w000000").claims).isEqualTo(1);
    }

    @Test
    void postponedWindowIsTakenUpWhenItIsReconsidered() {
        house.script.add(new Step.PutOff(Duration.ofDays(1)));
        house.arrive("ann", 1, RULES);
        house.advance(MINUTE);
        assertThat(house.engine.stats().postponed()).isEqualTo(1);
        house.engine.reconsider();
        house.run();
        assertThat(house.batches).hasSize(1);
        assertThat(house.time.nextAlarm()).isEqualTo(Instant.MAX);
    }

    @Test
    void whatIsHeardLateChangesNothing() {
        var before = house.store.arrive("ann", 1, 10, Urgency.NONE, house.time.now(), RULES);
        house.arrive("ann", 2, RULES);
        house.advance(MINUTE);
        house.arrive("ann", 3, RULES);
        house.engine.changed(before);
        assertThat(house.engine.stats().nextDeadline()).isEqualTo(at(120));
        house.advance(MINUTE);
        assertThat(house.batches).extracting(Batch::items).containsExactly(List.of(1, 2), List.of(3));
        assertThat(house.engine.stats().keys()).isZero();
    }

    @Test
    void windowsThatClosedOutOfOrderAreProcessedInOrder() {
        var heads = new ArrayList<WindowHead>();
        var full = new WindowRules(MINUTE, false, MINUTE, 1, 1_000);
        house.pause(true);
        for (int i = 1; i <= 3; i++) {
            heads.addAll(house.store.arrive("ann", i, 10, Urgency.NONE, house.time.now(), full));
        }
        house.engine.changed(heads.reversed());
        house.pause(false);
        house.run();
        assertThat(house.batches).extracting(Batch::items).containsExactly(List.of(1), List.of(2), List.of(3));
    }

    @Test
    void windDownWaitsForWhatIsInProcessAndBeginsNoMore() throws InterruptedException {
        var full = new WindowRules(MINUTE, false, MINUTE, 1, 1_000);
        house.arrive("ann", 1, full);
        assertThat(house.engine.windDown(Duration.ofMillis(1))).isFalse();
        house.arrive("bob", 2, full);
        house.run();
        assertThat(house.batches).extracting(Batch::key).containsExactly("ann");
        assertThat(house.engine.windDown(Duration.ZERO)).isTrue();
    }

    @Test
    void changesAreNumberedUpwards() {
        long before = house.engine.changes();
        house.arrive("ann", 1, RULES);
        assertThat(house.engine.changes()).isGreaterThan(before);
    }

    private static Instant at(long second) {
        return WindowEngine.START.plusSeconds(second);
    }
}
