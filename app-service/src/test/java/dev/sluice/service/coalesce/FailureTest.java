package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.coalesce.FlightException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class FailureTest {
    private final Engine engine = new Engine();

    @AfterEach
    void close() {
        engine.close();
    }

    static List<ScriptedWork.Script> failures() {
        return List.of(
                _ -> {
                    throw new IOException("upstream");
                },
                _ -> {
                    throw new AssertionError("a bug");
                },
                _ -> {
                    throw new InterruptedException("not by us");
                },
                _ -> overflow(0),
                FailureTest::nothing);
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("C4 whatever the work throws: every listener is told, plain or streaming, and the key is free")
    void everyListenerIsTold(ScriptedWork.Script script) throws Exception {
        ScriptedWork work = ScriptedWork.gated(script);
        List<Attachment<String>> listeners =
                List.of(engine.join("k", work), engine.join("k", work), engine.join("k", work));
        work.gate.countDown();

        for (Attachment<String> each : listeners) {
            assertFails(each, Kind.FAILED);
            assertThat(Engine.transcript(each)).contains("event: error\ndata: FAILED\n");
        }
        assertThat(engine.coalescer.inAir()).isEmpty();
        assertThat(engine.ask("k", ScriptedWork.returning("new"))).isEqualTo("new");
    }

    @Test
    @DisplayName("C4 no thread for the flight: the caller is told, the key and the place are free")
    void threadFactoryFails() throws Exception {
        var failing = new AtomicInteger(2);
        var limits = Engine.limits(1, 1 << 20, 1 << 20);
        try (var broken = new Engine(limits, task -> {
            int left = failing.getAndDecrement();
            if (left == 2) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return left == 1 ? dead() : Thread.ofVirtual().unstarted(task);
        })) {
            assertFails(broken.join("k", ScriptedWork.returning("answer")), Kind.FAILED);
            assertFails(broken.join("k", ScriptedWork.returning("answer")), Kind.FAILED);

            assertThat(broken.coalescer.inAir()).isEmpty();
            assertThat(broken.ask("k", ScriptedWork.returning("answer"))).isEqualTo("answer");
        }
    }

    @Test
    @DisplayName("C4 work that cannot even explain its failure leaves nobody waiting")
    void explanationFails() throws Exception {
        var work = new BrokenWork(true, false);
        Attachment<String> leader = engine.join("k", work);

        assertFails(leader, Kind.FAILED);
        assertThat(Engine.transcript(leader)).contains("event: error\n");
        assertThat(engine.ask("k", ScriptedWork.returning("new"))).isEqualTo("new");
    }

    @Test
    @DisplayName("C4 an error event that cannot be written still ends the stream")
    void errorEventFails() throws Exception {
        Attachment<String> leader = engine.join("k", new BrokenWork(false, true));

        assertFails(leader, Kind.FAILED);
        assertThat(Engine.transcript(leader)).contains("event: error\ndata: {}\n");
    }

    @Test
    @DisplayName("C4 a terminal event of an impossible name still ends the stream and frees the key")
    void terminalEventFails() throws Exception {
        ScriptedWork work = ScriptedWork.of(_ -> new Outcome<>("answer", Reuse.NONE, "done\nid: forged", new byte[0]));
        Attachment<String> leader = engine.join("k", work);

        assertThat(leader.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(Engine.transcript(leader)).contains("event: error\n").doesNotContain("forged");
        assertThat(engine.coalescer.inAir()).isEmpty();
    }

    @Test
    @DisplayName("C4 a time to live that cannot be read costs the reuse, not the answer")
    void timesFail() throws Exception {
        CoalescerTimes broken = new CoalescerTimes() {
            @Override
            public Duration resultTtl() {
                throw new IllegalStateException("settings are gone");
            }

            @Override
            public Duration errorTtl() {
                throw new IllegalStateException("settings are gone");
            }
        };
        var ids = new AtomicInteger();
        try (var coalescer = new Coalescer<String>(
                CoalescerLimits.DEFAULT,
                broken,
                engine.clock,
                () -> "f" + ids.incrementAndGet(),
                Thread.ofVirtual().factory(),
                FlightLogs.inMemory(engine.wakeups))) {
            Attachment<String> leader =
                    coalescer.join(Engine.key("k"), ScriptedWork.returning("answer"), _ -> true, Engine.LINGER);

            assertThat(leader.await(Engine.FOREVER)).isEqualTo("answer");
            assertThat(Engine.transcript(leader)).contains("event: done\n");
            assertThat(coalescer.inAir()).isEmpty();
            assertThat(coalescer
                            .join(Engine.key("k"), ScriptedWork.returning("new"), _ -> true, Engine.LINGER)
                            .await(Engine.FOREVER))
                    .isEqualTo("new");
        }
    }

    @Test
    @DisplayName("C9 a shareable failure is given to later callers for 2 s, with its age for Retry-After")
    void shareableFailureIsKept() throws Exception {
        ScriptedWork work = failing().shareable();
        assertFails(engine.join("k", work), Kind.FAILED);
        engine.clock.advance(Engine.ERROR_TTL.minus(Engine.MS));

        Attachment<String> late = engine.join("k", work);

        assertThat(late.role()).isEqualTo(Role.REUSED);
        assertFails(late, Kind.FAILED);
        assertThat(late.age()).isEqualTo(Engine.ERROR_TTL.minus(Engine.MS));
        assertThat(late.flight().failure().orElseThrow().retryAfter()).contains(Duration.ofSeconds(5));
        engine.clock.advance(Engine.MS.multipliedBy(2));
        assertThat(engine.join("k", ScriptedWork.returning("new")).role()).isEqualTo(Role.LEADER);
    }

    @Test
    @DisplayName("C9 a failure that is not shareable is kept for nobody")
    void privateFailureIsNotKept() throws Exception {
        assertFails(engine.join("k", failing()), Kind.FAILED);

        assertThat(engine.ask("k", ScriptedWork.returning("new"))).isEqualTo("new");
    }

    @Test
    @DisplayName("C17 the stream is cut: everyone gets what there was, then error; nothing is kept")
    void cutStream() throws Exception {
        ScriptedWork work = ScriptedWork.gated(flight -> {
            flight.log().append("token", new byte[] {'a'});
            throw new IOException("cut");
        });
        Attachment<String> leader = engine.join("k", work);
        Attachment<String> follower = engine.join("k", work);
        work.gate.countDown();

        String transcript = Engine.transcript(leader);

        assertThat(transcript).contains("data: a\n").endsWith("event: error\ndata: FAILED\n\n");
        assertThat(Engine.transcript(follower)).isEqualTo(transcript);
        assertFails(follower, Kind.FAILED);
        assertThat(engine.join("k", ScriptedWork.returning("new")).role()).isEqualTo(Role.LEADER);
    }

    @Test
    @DisplayName("C22 a transcript over its cap fails the flight as too large; nothing is kept")
    void tooLarge() throws Exception {
        try (var small = new Engine(Engine.limits(10, 1_000, 1 << 20))) {
            ScriptedWork work = ScriptedWork.of(flight -> {
                while (true) {
                    flight.log().append("token", new byte[100]);
                }
            });
            Attachment<String> leader = small.join("k", work.shareable());

            assertFails(leader, Kind.TOO_LARGE);
            assertThat(Engine.transcript(leader)).endsWith("event: error\ndata: TOO_LARGE\n\n");
            assertThat(small.ask("k", ScriptedWork.returning("new"))).isEqualTo("new");
        }
    }

    private static ScriptedWork failing() {
        return ScriptedWork.of(_ -> {
            throw new IOException("upstream");
        });
    }

    private static void assertFails(Attachment<String> attachment, Kind kind) {
        assertThatThrownBy(() -> attachment.await(Engine.FOREVER))
                .isInstanceOfSatisfying(
                        FlightException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Outcome<String> overflow(int depth) {
        return overflow(depth + 1);
    }

    @SuppressWarnings("NullAway") // what a careless work might do
    private static Outcome<String> nothing(Flight<String> flight) {
        return null;
    }

    private static Thread dead() {
        return Thread.ofVirtual().start(() -> {}); // cannot be started again
    }

    /// Work that fails and breaks its promises about that, too.
    private record BrokenWork(boolean unexplained, boolean noErrorEvent) implements Work<String> {
        @Override
        public Outcome<String> perform(Flight<String> flight) throws Exception {
            throw new IOException("upstream");
        }

        @Override
        public FlightException failure(Throwable thrown) {
            if (unexplained) {
                throw new IllegalStateException("no words");
            }
            return new FlightException(Kind.FAILED, "failed", false, null, thrown);
        }

        @Override
        public byte[] errorEvent(FlightException failure) {
            if (noErrorEvent) {
                throw new IllegalStateException("no words");
            }
            return new byte[0];
        }
    }
}
