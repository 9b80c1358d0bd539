package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.coalesce.FlightException.Kind;
import dev.sluice.service.replay.Together;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ReelectionTest {
    private final Engine engine = new Engine();
    private final ScriptedWork failing = ScriptedWork.gated(ReelectionTest::neverBegins);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("C19 followers of a flight that never began start one flight among themselves")
    void followersElectOneFlight() throws Exception {
        engine.join("k", failing);
        List<Attachment<String>> followers =
                Stream.generate(() -> engine.join("k", failing)).limit(100).toList();
        ScriptedWork second = ScriptedWork.returning("second");
        failing.gate.countDown();

        List<String> results = Together.run(100, number -> {
            Attachment<String> failed = followers.get(number);
            Engine.assertFails(failed, Kind.NOT_BEGUN);
            return again(failed, second).orElseThrow().await(Engine.FOREVER);
        });

        assertThat(results).containsOnly("second");
        assertThat(second.calls).hasValue(1);
    }

    @Test
    @DisplayName("C19 the one who starts it leads, and one who asks after its end gets what it brought")
    void stragglerGetsTheSameFlight() throws Exception {
        engine.join("k", failing);
        Attachment<String> first = engine.join("k", failing);
        Attachment<String> straggler = engine.join("k", failing);
        failing.gate.countDown();
        Engine.assertFails(straggler, Kind.NOT_BEGUN);
        ScriptedWork second = ScriptedWork.of(_ -> ScriptedWork.landed("second", Reuse.NONE));

        Attachment<String> leading = again(first, second).orElseThrow();
        leading.await(Engine.FOREVER);
        Attachment<String> late = again(straggler, second).orElseThrow();

        assertThat(leading.role()).isEqualTo(Role.LEADER);
        assertThat(late.role()).isEqualTo(Role.FOLLOWER);
        assertThat(late.flight()).isSameAs(leading.flight());
        assertThat(late.await(Engine.FOREVER)).isEqualTo("second");
        assertThat(second.calls).hasValue(1);
    }

    @Test
    @DisplayName("C19 at most one re-election: the flight in its place is not replaced when it fails too")
    void electedFlightIsNotReplaced() {
        engine.join("k", failing);
        Attachment<String> one = engine.join("k", failing);
        Attachment<String> two = engine.join("k", failing);
        failing.gate.countDown();
        Engine.assertFails(two, Kind.NOT_BEGUN);
        ScriptedWork second = ScriptedWork.of(ReelectionTest::neverBegins);

        Attachment<String> leading = again(one, second).orElseThrow();
        Attachment<String> following = again(two, second).orElseThrow();

        Engine.assertFails(leading, Kind.NOT_BEGUN);
        Engine.assertFails(following, Kind.NOT_BEGUN);
        assertThat(again(leading, second)).isEmpty();
        assertThat(again(following, second)).isEmpty();
        assertThat(second.calls).hasValue(1);
    }

    @Test
    @DisplayName("C19 new callers join the elected flight, also after a second follower has found it")
    void newCallersJoinTheElectedFlight() throws Exception {
        engine.join("k", failing);
        Attachment<String> one = engine.join("k", failing);
        Attachment<String> two = engine.join("k", failing);
        failing.gate.countDown();
        Engine.assertFails(two, Kind.NOT_BEGUN);
        ScriptedWork second = ScriptedWork.gated("second");

        Attachment<String> leading = again(one, second).orElseThrow();
        Attachment<String> before = engine.join("k", second);
        Attachment<String> following = again(two, second).orElseThrow();
        Attachment<String> after = engine.join("k", second);

        assertThat(List.of(before, following, after))
                .extracting(Attachment::flight)
                .containsOnly(leading.flight());
        assertThat(leading.flight().followers()).isEqualTo(3);
        second.gate.countDown();
        assertThat(after.await(Engine.FOREVER)).isEqualTo("second");
        assertThat(second.calls).hasValue(1);
    }

    @Test
    @DisplayName("C19 who flies under the key by then is joined instead of calling")
    void laterFlightIsJoined() throws Exception {
        engine.join("k", failing);
        Attachment<String> follower = engine.join("k", failing);
        failing.gate.countDown();
        Engine.assertFails(follower, Kind.NOT_BEGUN);
        ScriptedWork newer = ScriptedWork.gated("newer");
        Attachment<String> stranger = engine.join("k", newer);

        Attachment<String> again = again(follower, newer).orElseThrow();
        newer.gate.countDown();

        assertThat(again.role()).isEqualTo(Role.FOLLOWER);
        assertThat(again.flight()).isSameAs(stranger.flight());
        assertThat(again.await(Engine.FOREVER)).isEqualTo("newer");
        assertThat(newer.calls).hasValue(1);
    }

    @Test
    @DisplayName("C19 the leader has had its wait: it does not elect")
    void leaderIsTold() {
        Attachment<String> leader = engine.join("k", failing);
        failing.gate.countDown();
        Engine.assertFails(leader, Kind.NOT_BEGUN);

        assertThat(again(leader, ScriptedWork.returning("second"))).isEmpty();
    }

    @Test
    @DisplayName("C19 no re-election after a failure that says something about the question or the provider")
    void otherFailuresStand() {
        ScriptedWork broken = ScriptedWork.gated(_ -> {
            throw new IOException("upstream");
        });
        engine.join("k", broken);
        Attachment<String> follower = engine.join("k", broken);
        assertThat(again(follower, broken)).as("while it runs").isEmpty();
        broken.gate.countDown();
        Engine.assertFails(follower, Kind.FAILED);

        assertThat(again(follower, ScriptedWork.returning("second"))).isEmpty();
    }

    @Test
    @DisplayName("C19 an elected flight that was cancelled is no place to go")
    void cancelledSuccessor() {
        engine.join("k", failing);
        Attachment<String> one = engine.join("k", failing);
        Attachment<String> two = engine.join("k", failing);
        failing.gate.countDown();
        Engine.assertFails(two, Kind.NOT_BEGUN);
        Attachment<String> leading = again(one, ScriptedWork.gated("second")).orElseThrow();

        leading.leave(Leave.CANCELLED);

        assertThat(again(two, ScriptedWork.returning("third"))).isEmpty();
    }

    @Test
    @DisplayName("C22 work that is not admitted starts nothing, holds nothing and is not ended")
    void refusedWork() throws Exception {
        var ends = new AtomicInteger();
        Work<String> refused = new Admission(ends, true);
        try (var one = new Engine(Engine.limits(1, 1 << 20, 1 << 20))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> one.join("k", refused)).hasMessage("not now");
            }
            assertThat(one.coalescer.inAir()).isEmpty();
            assertThat(ends).hasValue(0);

            assertThat(one.ask("k", new Admission(ends, false))).isEqualTo("answer");
            assertThat(one.ask("k", refused))
                    .as("a kept result needs no admission")
                    .isEqualTo("answer");
            assertThat(ends).hasValue(1);
        }
    }

    @Test
    @DisplayName("C22 work that was admitted and whose flight cannot be made is ended once")
    void admittedButNotMade() {
        var ends = new AtomicInteger();
        try (var coalescer = new Coalescer<String>(
                CoalescerLimits.DEFAULT,
                CoalescerTimes.fixed(Engine.RESULT_TTL, Engine.ERROR_TTL),
                engine.clock,
                () -> {
                    throw new IllegalStateException("no ids");
                },
                Thread.ofVirtual().factory(),
                FlightLogs.inMemory(engine.wakeups))) {
            assertThatThrownBy(
                            () -> coalescer.join(Engine.key("k"), new Admission(ends, false), _ -> true, Engine.LINGER))
                    .hasMessage("no ids");
        }

        assertThat(ends).hasValue(1);
    }

    private Optional<Attachment<String>> again(Attachment<String> failed, Work<String> work) {
        return engine.coalescer.reelect(failed, work, _ -> true);
    }

    private static Outcome<String> neverBegins(Flight<String> flight) {
        throw new FlightException(Kind.NOT_BEGUN, "no slot for " + flight.id(), false, null, null);
    }

    /// Work that counts its ends and may refuse to begin.
    private record Admission(AtomicInteger ends, boolean refuses) implements Work<String> {
        @Override
        public void admit() {
            if (refuses) {
                throw new IllegalStateException("not now");
            }
        }

        @Override
        public Outcome<String> perform(Flight<String> flight) {
            return ScriptedWork.landed("answer", Reuse.RESULT);
        }

        @Override
        public FlightException failure(Throwable thrown) {
            return new FlightException(Kind.FAILED, "failed", false, null, thrown);
        }

        @Override
        public byte[] errorEvent(FlightException failure) {
            return new byte[0];
        }

        @Override
        public void ended() {
            ends.incrementAndGet();
        }
    }
}
