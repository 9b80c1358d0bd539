package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.replay.Together;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AbortTest {
    private final Engine engine = new Engine();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("C6 a join racing the abort gets the living flight or a new one, never a dead one")
    void joinRacingTheAbort() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < Engine.rounds(10_000); round++) {
            String key = "k" + round;
            ScriptedWork first = ScriptedWork.gated("first");
            ScriptedWork second = ScriptedWork.returning("second");
            Attachment<String> leader = engine.join(key, first);
            int[] spins = {random.nextInt(300), random.nextInt(300)};

            List<String> got = Together.run(List.of(
                    () -> {
                        spin(spins[0]);
                        leader.leave(Leave.CANCELLED);
                        return "";
                    },
                    () -> {
                        spin(spins[1]);
                        try (Attachment<String> joined = engine.join(key, second)) {
                            first.gate.countDown();
                            String expected = joined.role() == Role.FOLLOWER ? "first" : "second";
                            assertThat(joined.await(Engine.FOREVER)).isEqualTo(expected);
                            return joined.role().wireName();
                        }
                    }));

            assertThat(got.getLast()).as("seed %d round %d", seed, round).isIn("leader", "follower", "reused");
        }
        engine.settle();
        assertThat(engine.coalescer.inAir()).isEmpty();
    }

    @Test
    @DisplayName("C6 a flight that has begun to commit is not aborted, and later callers still join it")
    void committingFlightStaysJoinable() throws Exception {
        var committing = new CountDownLatch(1);
        var stored = new CountDownLatch(1);
        ScriptedWork work = ScriptedWork.of(flight -> {
            flight.beginCommit();
            flight.beginCommit(); // a retry of the commit
            committing.countDown();
            stored.await();
            return ScriptedWork.landed("answer", Reuse.RESULT);
        });
        Attachment<String> leader = engine.join("k", work);
        Engine.passes(committing);

        leader.leave(Leave.CANCELLED);
        Attachment<String> next = engine.join("k", work);
        stored.countDown();

        assertThat(next.role()).isEqualTo(Role.FOLLOWER);
        assertThat(next.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(work.calls).hasValue(1);
        assertThat(engine.join("k", work).role()).isEqualTo(Role.REUSED);
    }

    @Test
    @DisplayName("C6 an aborted flight cannot begin to commit")
    void abortedFlightCannotCommit() throws Exception {
        var refused = new CountDownLatch(1);
        ScriptedWork work = ScriptedWork.of(flight -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException late) {
                assertThatThrownBy(flight::beginCommit).isInstanceOf(InterruptedException.class);
                refused.countDown();
            }
            return ScriptedWork.landed("answer", Reuse.RESULT);
        });
        Attachment<String> leader = engine.join("k", work);
        Engine.passes(work.started);

        leader.leave(Leave.CANCELLED);

        Engine.passes(refused);
    }

    @Test
    @DisplayName("C6 cancelled by an operator: all listeners are told so, even if the work does not care")
    void operatorCancels() throws Exception {
        ScriptedWork work = ScriptedWork.of(_ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ignored) {
                // work that does not care
            }
            return ScriptedWork.landed("answer", Reuse.RESULT);
        });
        Attachment<String> leader = engine.join("k", work);
        Attachment<String> follower = engine.join("k", work);
        Engine.passes(work.started);

        assertThat(engine.coalescer.cancel(leader.flight().id())).isTrue();

        for (Attachment<String> each : List.of(leader, follower)) {
            assertThatThrownBy(() -> each.await(Engine.FOREVER))
                    .isInstanceOfSatisfying(
                            FlightException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(FlightException.Kind.CANCELLED));
        }
        assertThat(Engine.transcript(follower)).contains("event: error\ndata: CANCELLED\n");
        assertThat(engine.ask("k", ScriptedWork.returning("new"))).isEqualTo("new");
    }

    @Test
    @DisplayName("C6 an operator's cancel that comes too late says so and harms nothing")
    void cancelTooLate() throws Exception {
        var committing = new CountDownLatch(1);
        var stored = new CountDownLatch(1);
        ScriptedWork work = ScriptedWork.of(flight -> {
            flight.beginCommit();
            committing.countDown();
            stored.await();
            return ScriptedWork.landed("answer", Reuse.RESULT);
        });
        Attachment<String> leader = engine.join("k", work);
        String id = leader.flight().id();
        Engine.passes(committing);

        assertThat(engine.coalescer.cancel(id)).isFalse();
        stored.countDown();

        assertThat(leader.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(engine.coalescer.cancel(id)).isFalse();
        assertThat(engine.coalescer.cancel("unknown")).isFalse();
    }

    private static void spin(int times) {
        for (int i = times; i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
