package dev.sluice.service.consolidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.consolidate.Processor.Disposition;
import dev.sluice.service.consolidate.WindowEngine.Step;
import dev.sluice.service.http.Until;
import dev.sluice.service.replay.Patience;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The engine between threads: nobody is kept out by what another one did, and its end is waited for.
final class EngineThreadsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final WindowRules RULES = new WindowRules(MINUTE, false, MINUTE, 100, 100_000);

    private final MemoryWindowStore store = new MemoryWindowStore();
    private final VirtualTime time = new VirtualTime(WindowEngine.START);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch inProcess = new CountDownLatch(1);
    private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    private final Consolidator engine =
            new Consolidator(store, this::process, () -> false, time, 4, Thread::startVirtualThread);

    @AfterEach
    void end() {
        go.countDown();
        engine.close();
    }

    @Test
    @DisplayName("S6 whatever was done, the next caller gets in")
    void nobodyIsKeptOut() throws Exception {
        var house = new WindowEngine();
        askedByAnother(house.engine, "start");
        house.arrive("ann", 1, RULES);
        askedByAnother(house.engine, "changed");
        assertThat(house.engine.changes()).isPositive();
        askedByAnother(house.engine, "changes");
        house.script.add(new Step.PutOff(Duration.ofHours(1)));
        house.store.sickFor(1);
        house.advance(MINUTE);
        askedByAnother(house.engine, "a store that failed to close");
        house.advance(Duration.ofSeconds(10));
        askedByAnother(house.engine, "putting off");
        house.engine.reconsider("ann");
        askedByAnother(house.engine, "reconsidering one");
        house.engine.reconsider();
        askedByAnother(house.engine, "reconsidering all");
        house.run();
        askedByAnother(house.engine, "processing");
        assertThat(house.batches).hasSize(1);
        assertThat(house.engine.windDown(Duration.ZERO)).isTrue();
        askedByAnother(house.engine, "winding down");
        house.engine.close();
        askedByAnother(house.engine, "closing");
    }

    @Test
    @DisplayName("S6 winding down waits for what is in process, as long as it may, and begins nothing more")
    void windsDown() throws Exception {
        arrive("ann", 1);
        time.advance(MINUTE);
        assertThat(inProcess.await(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();

        assertThat(engine.windDown(Duration.ofMillis(20))).isFalse();
        arrive("bob", 2);
        time.advance(MINUTE);
        assertThat(engine.stats().running()).isEqualTo(1);

        var ended = new CompletableFuture<Boolean>();
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                ended.complete(engine.windDown(Duration.ofDays(1)));
            } catch (InterruptedException e) {
                ended.completeExceptionally(e);
            }
        });
        Until.holds("it waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
        go.countDown();
        assertThat(ended.get(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(store.get("w000000").state).isEqualTo(WindowState.DONE);
        assertThat(store.get("w000001").claims).isZero();
    }

    @Test
    @DisplayName("S13 closing interrupts what is in process, which is put off and not over")
    void closingInterrupts() throws Exception {
        arrive("ann", 1);
        time.advance(MINUTE);
        assertThat(inProcess.await(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();

        engine.close();

        assertThat(interrupted.get(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        Until.holds("it has ended", () -> engine.stats().running() == 0);
        assertThat(engine.stats().postponed()).isEqualTo(1);
        assertThat(engine.stats().failures()).isZero();
        assertThat(store.get("w000000").state).isEqualTo(WindowState.CLAIMED);
    }

    private void arrive(String key, int item) {
        engine.changed(store.arrive(key, item, 10, Urgency.NONE, time.now(), RULES));
    }

    private Disposition process(WindowStore.Claim claim) throws InterruptedException {
        inProcess.countDown();
        try {
            go.await();
        } catch (InterruptedException stop) {
            interrupted.complete(true);
            throw stop;
        }
        store.done(claim.window().id());
        return new Disposition.Done();
    }

    private static void askedByAnother(Consolidator engine, String after) throws Exception {
        assertThat(CompletableFuture.supplyAsync(engine::stats, Thread::startVirtualThread)
                        .get(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                .as("after %s", after)
                .isNotNull();
    }
}
