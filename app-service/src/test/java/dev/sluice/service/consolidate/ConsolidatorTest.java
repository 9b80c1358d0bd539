package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.consolidate.WindowEngine.Batch;
import dev.sluice.service.consolidate.WindowEngine.Step;
import dev.sluice.service.consolidate.WindowStore.Redating;
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
    @DisplayName("S21 a process suspended past deadlines finds them due when it goes on")
    void suspended() {
        house.arrive("ann", 1, RULES);
        house.time.suspend(Duration.ofHours(3));
        house.advance(Duration.ZERO);
        assertThat(house.batches).hasSize(1);
    }

    @Test
    @DisplayName("S1 a process that dies leaves windows that the next one takes up at their deadlines")
    void crashWhileOpen() {
        house.arrive("ann", 1, RULES);
        var next = house.crash(at(10));
        next.arrive("ann", 2, RULES);
        next.advance(Duration.ofSeconds(49));
        assertThat(next.batches).isEmpty();
        next.advance(Duration.ofSeconds(1));
        assertThat(next.batches).containsExactly(new Batch("ann", 1, List.of(1, 2), at(60)));
    }

    @Test
    @DisplayName("S1 a window that was closed or claimed when the process died is processed by the next one")
    void crashWhileClaimed() {
        house.arrive("ann", 1, RULES);
        house.time.advance(MINUTE);
        var _ = house.store.claim("w000000", false, at(60));
        var next = house.crash(at(61));
        next.run();
        assertThat(next.batches).hasSize(1);
        assertThat(next.store.get("w000000").claims).isEqualTo(2);
    }

    @Test
    @DisplayName("S9 after a restart with the wall clock moved back nobody waits longer than a window")
    void clockMovedBack() {
        house.arrive("ann", 1, RULES);
        var next = house.crash(at(-86_400));
        next.advance(Duration.ofSeconds(59));
        assertThat(next.batches).isEmpty();
        next.advance(Duration.ofSeconds(1));
        assertThat(next.batches).hasSize(1);
    }

    @Test
    @DisplayName("S9 after a restart with the wall clock moved forward what is overdue is due at once")
    void clockMovedForward() {
        house.arrive("ann", 1, RULES);
        var next = house.crash(at(86_400));
        next.advance(Duration.ZERO);
        assertThat(next.batches).hasSize(1);
    }

    @Test
    @DisplayName("S9 a held window stays held over a restart")
    void heldOverRestart() {
        house.arrive("ann", 1, RULES);
        house.store.set("w000000", WindowState.HELD, at(60));
        var next = house.crash(at(3_600));
        next.advance(Duration.ofHours(1));
        assertThat(next.batches).isEmpty();
        assertThat(next.engine.stats().keys()).isEqualTo(1);
    }

    @Test
    @DisplayName("S1 a store that cannot close windows is asked again every second, and nothing is lost")
    void sickStore() {
        house.arrive("ann", 1, RULES);
        house.store.sickFor(3);
        house.advance(MINUTE);
        assertThat(house.engine.stats().storeFailures()).isEqualTo(1);
        assertThat(house.time.nextAlarm()).isEqualTo(at(61));
        house.advance(Duration.ofSeconds(2));
        assertThat(house.batches).isEmpty();
        house.advance(Duration.ofSeconds(1));
        assertThat(house.batches).containsExactly(new Batch("ann", 1, List.of(1), at(63)));
    }

    @Test
    void storeThatCannotClaimIsAskedAgain() {
        house.arrive("ann", 1, RULES);
        house.time.advance(MINUTE);
        house.store.sickFor(1);
        house.run();
        assertThat(house.engine.stats().postponed()).isEqualTo(1);
        house.advance(Duration.ofSeconds(1));
        assertThat(house.batches).hasSize(1);
        assertThat(house.store.get("w000000").claims).isEqualTo(1);
    }

    @Test
    @DisplayName("S14 a window that fails three times is left for an operator, with its reason; the next one runs")
    void poison() {
        var full = new WindowRules(MINUTE, false, MINUTE, 1, 1_000);
        for (int i = 0; i < 3; i++) {
            house.script.add(new Step.Fail("cannot divide by zero"));
        }
        house.arrive("ann", 1, full);
        house.arrive("ann", 2, full);
        house.run();
        assertThat(house.store.get("w000000").state).isEqualTo(WindowState.CLOSED);
        house.advance(Duration.ofSeconds(4));
        assertThat(house.batches).isEmpty();
        house.advance(Duration.ofSeconds(1));
        assertThat(house.store.get("w000000").state).isEqualTo(WindowState.QUARANTINED);
        assertThat(house.store.get("w000000").why).isEqualTo("failed 3 times, at last: cannot divide by zero");
        assertThat(house.batches).extracting(Batch::items).containsExactly(List.of(2));
        assertThat(house.engine.stats().failures()).isEqualTo(3);
        assertThat(house.engine.stats().quarantined()).isEqualTo(1);
    }

    @Test
    @DisplayName("S14 a window that was in process at twenty deaths is not tried again")
    void killer() {
        house.arrive("ann", 1, RULES);
        house.time.advance(MINUTE);
        for (int i = 0; i < 20; i++) {
            assertThat(house.store.claim("w000000", false, at(60))).isPresent();
        }
        var next = house.crash(at(61));
        next.run();
        assertThat(next.batches).isEmpty();
        assertThat(next.store.get("w000000").state).isEqualTo(WindowState.QUARANTINED);
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
    @DisplayName("S14 a batch is taken twenty times, whatever becomes of the process, and then put aside")
    void takenTooOften() {
        house.arrive("ann", 1, RULES);
        house.store.get("w000000").claims = 19;
        house.advance(MINUTE);
        assertThat(house.batches).hasSize(1);
        house.arrive("ann", 2, RULES);
        house.store.get("w000001").claims = 20;
        house.advance(MINUTE);
        assertThat(house.batches).hasSize(1);
        assertThat(house.store.get("w000001").state).isEqualTo(WindowState.QUARANTINED);
        assertThat(house.engine.stats().quarantined()).isEqualTo(1);
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
