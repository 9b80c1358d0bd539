package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.coalesce.Engine.LandedWith;
import dev.sluice.service.replay.Together;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class SharingTest {
    private final Engine engine = new Engine();

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 10_000})
    @DisplayName("C1 callers released together: one call, equal results, one leader")
    void manyCallersOneCall(int callers) throws InterruptedException {
        ScriptedWork work = ScriptedWork.gated("answer");
        var joined = new AtomicInteger();

        List<LandedWith> all = Together.run(callers, _ -> {
            try (Attachment<String> attachment = engine.join("k", work)) {
                if (joined.incrementAndGet() == callers) {
                    work.gate.countDown();
                }
                return new LandedWith(attachment.role(), attachment.await(Engine.FOREVER));
            }
        });

        assertThat(work.calls).hasValue(1);
        assertThat(all).extracting(LandedWith::result).containsOnly("answer");
        assertThat(all).filteredOn(one -> one.role() == Role.LEADER).hasSize(1);
        assertThat(all).filteredOn(one -> one.role() == Role.FOLLOWER).hasSize(callers - 1);
    }

    @Test
    @DisplayName("C1 different keys are different calls")
    void differentKeysDoNotShare() throws Exception {
        assertThat(engine.ask("a", ScriptedWork.returning("one"))).isEqualTo("one");
        assertThat(engine.ask("b", ScriptedWork.returning("two"))).isEqualTo("two");
    }

    @Test
    @DisplayName("C2 a look-up racing the completion finds the flight or its result: 10^6, one call per key")
    void lookUpRacingTheEnd() throws InterruptedException {
        int keys = Engine.rounds(10_000);
        int callers = 4;
        int lookUps = 25;
        var calls = new AtomicInteger[keys];
        for (int i = 0; i < keys; i++) {
            calls[i] = new AtomicInteger();
        }

        Together.run(callers, _ -> {
            for (int i = 0; i < keys; i++) {
                int number = i;
                Work<String> work = ScriptedWork.of(_ -> {
                    calls[number].getAndIncrement();
                    return ScriptedWork.landed("r" + number, Reuse.RESULT);
                });
                for (int n = 0; n < lookUps; n++) {
                    assertThat(engine.ask("k" + i, work)).isEqualTo("r" + i);
                }
            }
            return true;
        });

        assertThat(calls).extracting(AtomicInteger::get).containsOnly(1);
    }

    @Test
    @DisplayName("C5 the leader leaves in mid-flight: followers get the result of the one call")
    void leaderLeaves() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);
        Attachment<String> follower = engine.join("k", work);
        Engine.passes(work.started);

        leader.leave(Leave.LOST);
        engine.clock.advance(Engine.LINGER.multipliedBy(2));
        work.gate.countDown();

        assertThat(follower.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(work.calls).hasValue(1);
    }

    @Test
    @DisplayName("C12 a flight alone is never shared, neither in the air nor after it")
    void aloneIsNeverShared() throws Exception {
        ScriptedWork alone = ScriptedWork.gated("mine");
        Attachment<String> mine = engine.coalescer.alone(Engine.key("k"), alone, Engine.LINGER);
        assertThat(mine.role()).isEqualTo(Role.BYPASS);

        ScriptedWork shared = ScriptedWork.gated("shared");
        Attachment<String> leader = engine.join("k", shared);
        assertThat(leader.role()).isEqualTo(Role.LEADER);
        alone.gate.countDown();
        assertThat(mine.await(Engine.FOREVER)).isEqualTo("mine");
        assertThat(engine.join("k", shared).flight()).isSameAs(leader.flight());
        engine.coalescer.invalidate(Engine.key("k"));

        assertThat(engine.ask("k", ScriptedWork.returning("new"))).isEqualTo("new");
    }

    @Test
    @DisplayName("C13 resuming by id finds a flight in the air and a while after, and never starts work")
    void resumeNeverStarts() throws Exception {
        Instant began = engine.clock.now();
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);
        String id = leader.flight().id();

        Attachment<String> inAir =
                engine.coalescer.resume(id, _ -> true, Engine.LINGER).orElseThrow();
        assertThat(inAir.role()).isEqualTo(Role.FOLLOWER);
        work.gate.countDown();
        assertThat(inAir.await(Engine.FOREVER)).isEqualTo("answer");

        engine.clock.advance(CoalescerLimits.DEFAULT.resumable().minus(Engine.MS));
        Attachment<String> late =
                engine.coalescer.resume(id, _ -> true, Engine.LINGER).orElseThrow();
        assertThat(late.role()).isEqualTo(Role.REUSED);
        assertThat(late.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(leader.flight().followers()).isEqualTo(2);
        assertThat(leader.flight().startedAt()).isEqualTo(began);
        engine.clock.advance(Engine.MS.multipliedBy(2));

        assertThat(engine.coalescer.resume(id, _ -> true, Engine.LINGER)).isEmpty();
        assertThat(engine.coalescer.resume("unknown", _ -> true, Engine.LINGER)).isEmpty();
        assertThat(work.calls).hasValue(1);
    }

    @Test
    @DisplayName("X8 who is not allowed to listen to a flight does not find it by its id")
    void resumeAsksForPermission() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);
        String id = leader.flight().id();

        assertThat(engine.coalescer.resume(id, asked -> asked != work, Engine.LINGER))
                .isEmpty();
        work.gate.countDown();
        leader.await(Engine.FOREVER);
        assertThat(engine.coalescer.resume(id, asked -> asked != work, Engine.LINGER))
                .isEmpty();
        assertThat(leader.flight().followers()).isZero();
    }

    @Test
    @DisplayName("C13 a resume racing the end always finds the flight")
    void resumeRacingTheEnd() throws InterruptedException {
        for (int round = 0; round < Engine.rounds(1_000); round++) {
            Attachment<String> leader = engine.join("k" + round, ScriptedWork.returning("answer"));
            String id = leader.flight().id();
            long started = System.nanoTime();
            while (true) {
                Engine.inTime(started);
                boolean ended = leader.flight().endedAt().isPresent();
                var resumed = engine.coalescer.resume(id, _ -> true, Engine.LINGER);
                assertThat(resumed).isPresent();
                resumed.ifPresent(Attachment::close); // a flight takes only so many at once
                if (ended) {
                    break;
                }
            }
        }
    }

    @Test
    @DisplayName("C14 joining a stream at any chunk, or racing its end, gives the whole transcript: 10^4 joins")
    void joinAtAnyChunk() throws InterruptedException {
        long seed = System.nanoTime();
        int rounds = Engine.rounds(100);
        int joins = 100;
        for (int round = 0; round < rounds; round++) {
            var random = new Random(seed + round);
            ScriptedWork work = ScriptedWork.of(flight -> {
                for (int i = 0; i < 50; i++) {
                    flight.log().append("token", ("t" + i).getBytes(StandardCharsets.UTF_8));
                    if (i % 5 == 0) {
                        LockSupport.parkNanos(1_000);
                    }
                }
                return ScriptedWork.landed("answer", Reuse.RESULT);
            });
            var delays = random.ints(joins, 0, 400_000).toArray();
            String key = "k" + round;

            List<String> transcripts = Together.run(joins, number -> {
                LockSupport.parkNanos(delays[number]);
                try (Attachment<String> attachment = engine.join(key, work)) {
                    return Engine.transcript(attachment);
                }
            });

            assertThat(work.calls).as("seed %d", seed).hasValue(1);
            assertThat(transcripts).as("seed %d", seed).containsOnly(transcripts.getFirst());
            assertThat(transcripts.getFirst()).contains("data: t0\n", "data: t49\n", "event: done\n");
        }
    }

    @Test
    @DisplayName("C15 a stream joins a plain flight and a kept result, a plain caller joins a stream")
    void streamsAndPlainCallersShare() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> plain = engine.join("k", work);
        Attachment<String> stream = engine.join("k", work);
        List<Callable<String>> both = List.of(() -> plain.await(Engine.FOREVER), () -> Engine.transcript(stream));
        work.gate.countDown();

        List<String> got = Together.run(both);
        Attachment<String> late = engine.join("k", work);

        assertThat(got.getFirst()).isEqualTo("answer");
        assertThat(got.getLast()).contains("event: done\ndata: answer\n");
        assertThat(late.role()).isEqualTo(Role.REUSED);
        assertThat(Engine.transcript(late)).isEqualTo(got.getLast());
        assertThat(late.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(work.calls).hasValue(1);
    }

    @Test
    @DisplayName("C16 a client that never reads delays neither the work nor the others and holds no bytes")
    void neverReadingClientDelaysNobody() throws Exception {
        ScriptedWork work = ScriptedWork.of(flight -> {
            for (int i = 0; i < 10_000; i++) {
                flight.log().append("token", new byte[100]);
            }
            return ScriptedWork.landed("answer", Reuse.RESULT);
        });
        Attachment<String> stuck = engine.join("k", work);
        stuck.open(null);
        Attachment<String> reader = engine.join("k", work);

        assertThat(Engine.transcript(reader)).endsWith("event: done\ndata: answer\n\n");
        assertThat(reader.await(Engine.FOREVER)).isEqualTo("answer");
        long kept = reader.flight().log().keptBytes();
        for (int i = 0; i < 100; i++) {
            engine.join("k", work).open(null);
        }
        assertThat(reader.flight().log().keptBytes()).isEqualTo(kept);
    }
}
