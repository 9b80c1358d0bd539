package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.replay.Together;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AtRestTest {
    private static final int THREADS = 8;
    private static final int OPERATIONS = Engine.rounds(10_000) / THREADS;

    @Test
    @DisplayName("C20 after 10^4 random operations every gauge is back at zero and every place is free")
    void gaugesReturnToZero() throws Exception {
        long seed = System.nanoTime();
        var limits = Engine.limits(50, 1 << 20, 1 << 20);
        Queue<Flight<String>> flights = new ConcurrentLinkedQueue<>();
        try (var engine = new Engine(limits)) {
            Together.run(THREADS, number -> {
                var random = new Random(seed + number);
                for (int i = 0; i < OPERATIONS; i++) {
                    operate(engine, random, flights);
                }
                return true;
            });
            engine.clock.advance(Engine.LINGER);
            engine.settle();

            assertThat(engine.coalescer.inAir()).as("seed %d", seed).isEmpty();
            assertThat(engine.clock.pending()).isZero();
            for (Flight<String> flight : flights) {
                assertThat(flight.listeners()).as("seed %d", seed).isZero();
                assertThat(flight.log().readers()).as("seed %d", seed).isZero();
                assertThat(flight.log().ended()).as("seed %d", seed).isTrue();
            }
            for (int i = 0; i < limits.maxFlights(); i++) {
                engine.join("rest" + i, ScriptedWork.gated("answer"));
            }
        }
    }

    private static void operate(Engine engine, Random random, Queue<Flight<String>> flights) throws Exception {
        FlightKey key = Engine.key("k" + random.nextInt(10));
        Work<String> work = work(random.nextInt(5));
        try (Attachment<String> attachment = random.nextInt(10) == 0
                ? engine.coalescer.alone(key, work, Engine.LINGER)
                : engine.coalescer.join(key, work, _ -> random.nextBoolean(), Engine.LINGER)) {
            flights.add(attachment.flight());
            switch (random.nextInt(7)) {
                case 0 -> attachment.leave(Leave.LOST);
                case 1 -> attachment.leave(Leave.CANCELLED);
                case 2 -> engine.coalescer.invalidate(key);
                case 3 -> engine.coalescer.cancel(attachment.flight().id());
                case 4 -> Engine.transcript(attachment);
                case 5 -> attachment.open("garbage");
                default -> attachment.await(Engine.FOREVER);
            }
            engine.coalescer
                    .resume(attachment.flight().id(), _ -> true, Engine.LINGER)
                    .ifPresent(again -> again.leave(List.of(Leave.values()).get(random.nextInt(3))));
        } catch (FlightException | OverloadedException told) {
            // an answer too
        }
    }

    private static ScriptedWork work(int kind) {
        return ScriptedWork.of(flight -> {
            flight.log().append("token", "t".getBytes(StandardCharsets.UTF_8));
            LockSupport.parkNanos(kind * 10_000L);
            return switch (kind) {
                case 0 -> throw new IllegalStateException("upstream");
                case 1 -> ScriptedWork.landed("answer", Reuse.NONE);
                case 2 -> {
                    flight.beginCommit();
                    yield ScriptedWork.landed("answer", Reuse.RESULT);
                }
                default -> ScriptedWork.landed("answer", Reuse.RESULT);
            };
        });
    }
}
