package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.replay.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReuseTest {
    private final Engine engine = new Engine();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("C8 one millisecond before its time is up the result is reused, counted from completion")
    void hitBeforeTheEnd() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);
        engine.clock.advance(Duration.ofMinutes(10));
        work.gate.countDown();
        leader.await(Engine.FOREVER);

        engine.clock.advance(Engine.RESULT_TTL.minus(Engine.MS));
        Attachment<String> late = engine.join("k", work);

        assertThat(late.role()).isEqualTo(Role.REUSED);
        assertThat(late.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(late.age()).isEqualTo(Engine.RESULT_TTL.minus(Engine.MS));
        assertThat(late.flight().followers()).isOne();
        assertThat(work.calls).hasValue(1);
    }

    @Test
    @DisplayName("C8 one millisecond after it 100 callers make one new call")
    void oneNewFlightAfterTheEnd() throws Exception {
        engine.ask("k", ScriptedWork.returning("old"));
        engine.clock.advance(Engine.RESULT_TTL.plus(Engine.MS));
        ScriptedWork work = ScriptedWork.returning("new");

        List<String> got = Together.run(100, _ -> engine.ask("k", work));

        assertThat(got).containsOnly("new");
        assertThat(work.calls).hasValue(1);
    }

    @Test
    @DisplayName("C8 a result that no longer answers the question is not reused")
    void notFreshIsNotReused() throws Exception {
        engine.ask("k", ScriptedWork.returning("old"));
        ScriptedWork work = ScriptedWork.returning("new");

        Attachment<String> late =
                engine.coalescer.join(Engine.key("k"), work, kept -> !kept.equals("old"), Engine.LINGER);

        assertThat(late.role()).isEqualTo(Role.LEADER);
        assertThat(late.await(Engine.FOREVER)).isEqualTo("new");
        assertThat(engine.ask("k", work)).isEqualTo("new");
    }

    @Test
    @DisplayName("C10 a result not for reuse is delivered to those who listen and kept for nobody")
    void noReuseIsDelivered() throws Exception {
        ScriptedWork work = ScriptedWork.gated(_ -> ScriptedWork.landed("empty", Reuse.NONE));
        Attachment<String> leader = engine.join("k", work);
        Attachment<String> follower = engine.join("k", work);
        work.gate.countDown();

        assertThat(leader.await(Engine.FOREVER)).isEqualTo("empty");
        assertThat(follower.await(Engine.FOREVER)).isEqualTo("empty");
        assertThat(engine.ask("k", ScriptedWork.returning("new"))).isEqualTo("new");
    }

    @Test
    @DisplayName("C10 who asks once the end can be seen gets a new flight, in 10 000 races with the completion")
    void noReuseAtTheVeryEnd() throws Exception {
        for (int round = 0; round < Engine.rounds(10_000); round++) {
            String key = "k" + round;
            ScriptedWork work = ScriptedWork.of(_ -> ScriptedWork.landed("empty", Reuse.NONE));
            Attachment<String> leader = engine.join(key, work);
            long started = System.nanoTime();
            while (true) {
                Engine.inTime(started);
                boolean ended = round % 2 == 0
                        ? leader.flight().log().ended()
                        : leader.flight().ending() != null;
                try (Attachment<String> next = engine.join(key, work)) {
                    assertThat(next.await(Engine.FOREVER)).isEqualTo("empty");
                    if (ended) {
                        assertThat(next.flight()).isNotSameAs(leader.flight());
                        break;
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("C3 an invalidated flight goes on for its listeners and its end does not remove its successor")
    void removalIsByIdentity() throws Exception {
        ScriptedWork first = ScriptedWork.gated("first");
        ScriptedWork second = ScriptedWork.gated("second");
        Attachment<String> one = engine.join("k", first);
        engine.coalescer.invalidate(Engine.key("k"));
        Attachment<String> two = engine.join("k", second);
        assertThat(two.role()).isEqualTo(Role.LEADER);

        first.gate.countDown();
        assertThat(one.await(Engine.FOREVER)).isEqualTo("first");
        Attachment<String> three = engine.join("k", second);
        second.gate.countDown();

        assertThat(three.flight()).isSameAs(two.flight());
        assertThat(three.await(Engine.FOREVER)).isEqualTo("second");
        assertThat(engine.ask("k", first)).isEqualTo("second");
    }

    @Test
    @DisplayName("C3 an aborted flight's end does not remove its successor")
    void abortedFlightDoesNotRemoveItsSuccessor() throws Exception {
        ScriptedWork first = ScriptedWork.gated("first");
        Attachment<String> one = engine.join("k", first);
        Engine.passes(first.started);
        one.leave(Leave.CANCELLED);
        ScriptedWork second = ScriptedWork.gated("second");
        Attachment<String> two = engine.join("k", second);
        Engine.passes(first.interrupted);
        Engine.until(() ->
                one.flight().endedAt().isPresent() && engine.coalescer.inAir().size() <= 1);

        assertThat(engine.join("k", second).flight()).isSameAs(two.flight());
        second.gate.countDown();
    }

    @Test
    @DisplayName("C3 an invalidated result is not reused")
    void invalidatedResultIsGone() throws Exception {
        engine.ask("k", ScriptedWork.returning("old"));
        engine.coalescer.invalidate(Engine.key("k"));

        assertThat(engine.ask("k", ScriptedWork.returning("new"))).isEqualTo("new");
    }

    @Test
    @DisplayName("C3 a flight that is invalidated in the very moment it ends is not kept")
    void invalidatedWhileSettling() throws Exception {
        var hook = new AtomicReference<Runnable>(() -> {});
        CoalescerTimes times = new CoalescerTimes() {
            @Override
            public Duration resultTtl() {
                hook.get().run();
                return Engine.RESULT_TTL;
            }

            @Override
            public Duration errorTtl() {
                return Engine.ERROR_TTL;
            }
        };
        var ids = new AtomicInteger();
        try (var coalescer = new Coalescer<String>(
                CoalescerLimits.DEFAULT,
                times,
                engine.clock,
                () -> "f" + ids.incrementAndGet(),
                Thread.ofVirtual().factory(),
                FlightLogs.inMemory(engine.wakeups))) {
            hook.set(() -> coalescer.invalidate(Engine.key("k")));
            coalescer
                    .join(Engine.key("k"), ScriptedWork.returning("old"), _ -> true, Engine.LINGER)
                    .await(Engine.FOREVER);

            Attachment<String> next =
                    coalescer.join(Engine.key("k"), ScriptedWork.returning("new"), _ -> true, Engine.LINGER);

            assertThat(next.role()).isEqualTo(Role.LEADER);
        }
    }

    @Test
    @DisplayName("C2 look-ups racing completions that are not kept never hang")
    void lookUpsRacingUnkeptResults() throws InterruptedException {
        List<Boolean> done = Together.run(4, _ -> {
            for (int i = 0; i < Engine.rounds(10_000); i++) {
                String got = engine.ask("k", ScriptedWork.of(_ -> ScriptedWork.landed("r", Reuse.NONE)));
                assertThat(got).isEqualTo("r");
            }
            return true;
        });

        assertThat(done).containsOnly(true);
        engine.settle();
        assertThat(engine.coalescer.inAir()).isEmpty();
    }
}
