package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.consolidate.WindowEngine.Batch;
import dev.sluice.service.consolidate.WindowEngine.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a process that died, slept or failed leaves behind is taken up, and what is poisonous is put aside.
final class RecoveryTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final WindowRules RULES = new WindowRules(MINUTE, false, MINUTE, 100, 100_000);

    private final WindowEngine house = new WindowEngine();

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

    private static Instant at(long second) {
        return WindowEngine.START.plusSeconds(second);
    }
}
