package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.coalesce.FlightException.Kind;
import dev.sluice.service.replay.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LimitsTest {
    private static final CoalescerLimits TWO = Engine.limits(2, 1 << 20, 1 << 20);

    private final Engine engine = new Engine(TWO);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("C22 over the cap a new flight is refused, a follower is not, and an end makes room")
    void flightsAreCapped() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> one = engine.join("a", work);
        Attachment<String> two = engine.join("b", work);

        assertThatThrownBy(() -> engine.join("c", work))
                .isInstanceOfSatisfying(
                        OverloadedException.class,
                        full -> assertThat(full.flying()).isFalse());
        assertThatThrownBy(() -> engine.coalescer.alone(Engine.key("c"), work, Engine.LINGER))
                .isInstanceOf(OverloadedException.class);
        assertThat(engine.join("a", work).role()).isEqualTo(Role.FOLLOWER);
        work.gate.countDown();
        one.await(Engine.FOREVER);
        two.await(Engine.FOREVER);

        assertThat(engine.ask("c", work)).isEqualTo("answer");
    }

    @Test
    @DisplayName("C22 the cap holds against callers of different keys released together")
    void capHoldsInARace() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");

        List<Boolean> started = Together.run(200, number -> {
            try {
                engine.join("k" + number, work);
                return true;
            } catch (OverloadedException refused) {
                return false;
            }
        });

        assertThat(started).filteredOn(did -> did).hasSize(2);
        work.gate.countDown();
    }

    @Test
    @DisplayName("C22 the cap holds against a flight begun between the look and the start")
    void capHoldsBetweenLookAndStart() {
        var hook = new AtomicReference<Runnable>(() -> {});
        var limits = Engine.limits(1, 1 << 20, 1 << 20);
        try (Coalescer<String> coalescer = coalescer(limits, hook)) {
            ScriptedWork work = ScriptedWork.gated("answer");
            var refused = new AtomicInteger();
            hook.set(() -> {
                hook.set(() -> {});
                try {
                    coalescer.alone(Engine.key("b"), work, Engine.LINGER);
                } catch (OverloadedException overloaded) {
                    refused.incrementAndGet();
                }
            });

            coalescer.alone(Engine.key("a"), work, Engine.LINGER);

            assertThat(refused).hasValue(1);
            assertThat(coalescer.inAir()).hasSize(1);
        }
    }

    @Test
    @DisplayName("C22 a flight that cannot be made gives its place back")
    void failedCreationGivesItsPlaceBack() throws Exception {
        var hook = new AtomicReference<Runnable>(() -> {
            throw new IllegalStateException("no ids");
        });
        var limits = Engine.limits(1, 1 << 20, 1 << 20);
        try (Coalescer<String> coalescer = coalescer(limits, hook)) {
            ScriptedWork work = ScriptedWork.returning("answer");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> coalescer.join(Engine.key("k"), work, _ -> true, Engine.LINGER))
                        .isInstanceOf(IllegalStateException.class);
            }
            hook.set(() -> {});

            assertThat(coalescer
                            .join(Engine.key("k"), work, _ -> true, Engine.LINGER)
                            .await(Engine.FOREVER))
                    .isEqualTo("answer");
        }
    }

    @Test
    @DisplayName("C22 a result counts with its own bytes: too large a one is delivered and not kept")
    void largeResultIsNotKept() throws Exception {
        ScriptedWork large = ScriptedWork.of(_ -> new Outcome<>("large", Reuse.RESULT, "done", new byte[1 << 20]));
        Attachment<String> leader = engine.join("k", large);
        assertThat(leader.await(Engine.FOREVER)).isEqualTo("large");

        assertThat(engine.coalescer.ended()).isEmpty();
        assertThat(engine.ask("k", ScriptedWork.returning("new"))).isEqualTo("new");
    }

    @Test
    @DisplayName("C22 what is kept stays within its bytes however many flights end")
    void keptBytesAreBounded() throws Exception {
        for (int i = 0; i < 500; i++) {
            engine.ask("k" + i, ScriptedWork.of(_ -> new Outcome<>("r", Reuse.RESULT, "done", new byte[10_000])));
        }

        assertThat(engine.coalescer.ended().stream()
                        .mapToLong(flight -> flight.log().keptBytes() + 10_000)
                        .sum())
                .isPositive()
                .isLessThanOrEqualTo(TWO.maxKeptBytes());
    }

    @Test
    @DisplayName("C21 once it stops accepting, new flights are refused, those in the air and kept results serve on")
    void stopAccepting() throws Exception {
        engine.ask("kept", ScriptedWork.returning("kept"));
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);

        engine.coalescer.stopAccepting();

        assertThatThrownBy(() -> engine.join("new", work)).isInstanceOf(OverloadedException.class);
        assertThat(engine.join("kept", work).role()).isEqualTo(Role.REUSED);
        Attachment<String> follower = engine.join("k", work);
        work.gate.countDown();
        assertThat(follower.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(leader.await(Engine.FOREVER)).isEqualTo("answer");
    }

    @Test
    @DisplayName("C21 while it winds down, a cancelled flight is cancelled, not stopped")
    void cancelWhileStopping() {
        Attachment<String> leader = engine.join("k", ScriptedWork.gated("answer"));
        engine.coalescer.stopAccepting();

        engine.coalescer.cancel(leader.flight().id());

        assertFails(leader, Kind.CANCELLED);
    }

    @Test
    @DisplayName("C21 closed: everyone still waiting is told that the service stops")
    void closeTellsEveryone() throws Exception {
        Attachment<String> leader = engine.join("k", ScriptedWork.gated("answer"));
        Attachment<String> follower = engine.join("k", ScriptedWork.gated("answer"));

        engine.coalescer.close();

        assertFails(leader, Kind.STOPPED);
        assertFails(follower, Kind.STOPPED);
        engine.settle();
        assertThat(engine.coalescer.inAir()).isEmpty();
    }

    @Test
    @DisplayName("C21 a flight begun while it closes is refused, never left running")
    void closedBetweenLookAndStart() {
        var hook = new AtomicReference<Runnable>(() -> {});
        try (Coalescer<String> coalescer = coalescer(TWO, hook)) {
            hook.set(coalescer::close);
            ScriptedWork work = ScriptedWork.gated("answer");

            assertThatThrownBy(() -> coalescer.join(Engine.key("k"), work, _ -> true, Engine.LINGER))
                    .isInstanceOf(OverloadedException.class);

            assertThat(work.calls).hasValue(0);
            assertThat(coalescer.inAir()).isEmpty();
        }
    }

    @Test
    @DisplayName("C6 an abort before the flight's thread runs: the work is never called")
    void abortedBeforeItRuns() throws Exception {
        var launched = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        try (var slow = new Engine(
                TWO,
                task -> Thread.ofVirtual().unstarted(() -> {
                    launched.countDown();
                    boolean interrupted = false;
                    while (go.getCount() > 0) {
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            interrupted = true;
                        }
                    }
                    // an interrupt that came as the gate opened is still to be seen: nothing threw it
                    assertThat(interrupted || Thread.interrupted()).isTrue();
                    Thread.currentThread().interrupt();
                    task.run();
                }))) {
            ScriptedWork work = ScriptedWork.returning("answer");
            Attachment<String> leader = slow.join("k", work);
            Engine.passes(launched);

            slow.coalescer.cancel(leader.flight().id());
            go.countDown();

            assertFails(leader, Kind.CANCELLED);
            assertThat(work.calls).hasValue(0);
        }
    }

    @Test
    @DisplayName("C6 an abort before the flight has a thread: the work is never called")
    void abortedBeforeItHasAThread() throws Exception {
        var hook = new AtomicReference<Runnable>(() -> {});
        try (var racing = new Engine(TWO, task -> {
            hook.get().run();
            return Thread.ofVirtual().unstarted(task);
        })) {
            hook.set(() -> racing.coalescer.inAir().forEach(flight -> racing.coalescer.cancel(flight.id())));
            ScriptedWork work = ScriptedWork.returning("answer");

            assertFails(racing.join("k", work), Kind.CANCELLED);
            assertThat(work.calls).hasValue(0);
        }
    }

    @Test
    void systemClockTellsTheTimeAndRunsTasks() throws Exception {
        Instant before = Instant.now();
        long nanos = System.nanoTime();
        var ran = new CountDownLatch(1);
        try (Clock clock = Clock.system("test-timer")) {
            clock.after(Duration.ofMillis(1), ran::countDown);

            assertThat(clock.now()).isBetween(before, Instant.now());
            assertThat(clock.nanoTime() - nanos).isBetween(0L, System.nanoTime() - nanos);
            Engine.passes(ran);
        }
    }

    @Test
    void closedSystemClockDropsTasks() {
        Clock clock = Clock.system("test-timer");
        clock.close();

        clock.after(Duration.ZERO, () -> {
            throw new AssertionError("it is closed");
        });
    }

    private Coalescer<String> coalescer(CoalescerLimits limits, AtomicReference<Runnable> beforeEachId) {
        var ids = new AtomicInteger();
        Supplier<String> source = () -> {
            beforeEachId.get().run();
            return "f" + ids.incrementAndGet();
        };
        return new Coalescer<>(
                limits,
                CoalescerTimes.fixed(Engine.RESULT_TTL, Engine.ERROR_TTL),
                engine.clock,
                source,
                Thread.ofVirtual().factory(),
                FlightLogs.inMemory(engine.wakeups));
    }

    private static void assertFails(Attachment<String> attachment, Kind kind) {
        assertThatThrownBy(() -> attachment.await(Engine.FOREVER))
                .isInstanceOfSatisfying(
                        FlightException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
