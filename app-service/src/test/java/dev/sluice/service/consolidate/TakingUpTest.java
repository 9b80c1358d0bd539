package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.consolidate.WindowEngine.Batch;
import dev.sluice.service.consolidate.WindowEngine.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TakingUpTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final WindowRules RULES = new WindowRules(MINUTE, false, MINUTE, 50, 10_000);

    @Test
    @DisplayName("S6 after a start a key's windows go in their order, however far apart they are found")
    void orderAfterAStart() {
        var store = new MemoryWindowStore();
        Instant start = WindowEngine.START;
        store.left("a", "ann", 2, start);
        for (int i = 0; i < 4_500; i++) {
            store.left("k%06d".formatted(i), "key" + i, 1, start);
        }
        store.left("z", "ann", 1, start);

        var house = new WindowEngine(store, start, new ArrayList<>(), 4);
        house.run();

        assertThat(house.batches).hasSize(4_502);
        assertThat(house.batches)
                .filteredOn(batch -> batch.key().equals("ann"))
                .extracting(Batch::number)
                .containsExactly(1, 2);
    }

    @Test
    @DisplayName("S8 what was put off of one key is looked at again, and that of others is not")
    void oneKey() {
        var house = new WindowEngine();
        house.arrive("ann", 1, RULES);
        house.arrive("bob", 2, RULES);
        house.script.add(new Step.PutOff(Duration.ofHours(1)));
        house.script.add(new Step.PutOff(Duration.ofHours(2)));
        house.advance(MINUTE);
        assertThat(house.engine.stats().postponed()).isEqualTo(2);

        house.engine.reconsider("bob");
        house.run();
        assertThat(house.batches).extracting(Batch::key).containsExactly("bob");
        assertThat(house.engine.stats().postponed()).isEqualTo(1);

        house.engine.reconsider("bob");
        house.engine.reconsider("nobody");
        house.run();
        assertThat(house.batches).hasSize(1);
        assertThat(house.time.nextAlarm()).isEqualTo(WindowEngine.START.plus(Duration.ofMinutes(61)));
        house.advance(Duration.ofHours(1));
        assertThat(house.batches).extracting(Batch::key).containsExactly("bob", "ann");
    }
}
