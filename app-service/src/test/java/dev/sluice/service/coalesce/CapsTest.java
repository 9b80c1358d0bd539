package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.coalesce.FlightException.Kind;
import dev.sluice.service.replay.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CapsTest {
    private static final CoalescerLimits THREE_LISTENERS =
            new CoalescerLimits(10, 3, 1 << 20, 1 << 20, 1 << 20, Duration.ofMinutes(5));
    private static final CoalescerLimits LITTLE_TEXT =
            new CoalescerLimits(10, 10, 1 << 20, 2_000, 1 << 20, Duration.ofMinutes(5));

    @Test
    @DisplayName("C22 over the cap of listeners a caller is refused, nobody calls again, and a leave makes room")
    void listenersAreCapped() throws Exception {
        try (var engine = new Engine(THREE_LISTENERS)) {
            ScriptedWork work = ScriptedWork.gated("answer");
            engine.join("k", work);
            engine.join("k", work);
            Attachment<String> leaving = engine.join("k", work);

            assertThatThrownBy(() -> engine.join("k", work))
                    .isInstanceOfSatisfying(
                            OverloadedException.class,
                            full -> assertThat(full.flying()).isTrue());
            assertThatThrownBy(() -> engine.coalescer.resume(leaving.flight().id(), _ -> true, Engine.LINGER))
                    .isInstanceOf(OverloadedException.class);
            leaving.leave(Leave.CANCELLED);
            Attachment<String> last = engine.join("k", work);
            work.gate.countDown();

            assertThat(last.await(Engine.FOREVER)).isEqualTo("answer");
            assertThat(work.calls).hasValue(1);
            assertThat(engine.ask("k", work))
                    .as("a kept result has room for all")
                    .isEqualTo("answer");
        }
    }

    @Test
    @DisplayName("C22 the cap of listeners holds in a race")
    void listenersAreCappedInARace() throws Exception {
        try (var engine = new Engine(THREE_LISTENERS)) {
            ScriptedWork work = ScriptedWork.gated("answer");

            List<Boolean> joined = Together.run(200, _ -> {
                try {
                    engine.join("k", work);
                    return true;
                } catch (OverloadedException refused) {
                    return false;
                }
            });

            assertThat(joined).filteredOn(did -> did).hasSize(3);
            work.gate.countDown();
        }
    }

    @Test
    @DisplayName("C22 over the cap of all live text a flight fails as overloaded, the others go on")
    void liveTextIsCapped() throws Exception {
        try (var engine = new Engine(LITTLE_TEXT)) {
            var written = new CountDownLatch(1);
            ScriptedWork first = ScriptedWork.of(flight -> {
                flight.append("token", new byte[1_500]);
                written.countDown();
                return ScriptedWork.landed("first", Reuse.NONE);
            });
            ScriptedWork holding = ScriptedWork.gated(flight -> {
                flight.append("token", new byte[10]);
                return ScriptedWork.landed("held", Reuse.NONE);
            });
            Attachment<String> held = engine.join("held", holding);
            assertThat(engine.ask("first", first)).isEqualTo("first");
            assertThat(engine.coalescer.liveBytes())
                    .as("an ended flight takes nothing")
                    .isZero();

            Attachment<String> greedy = engine.join("greedy", ScriptedWork.of(flight -> {
                while (true) {
                    flight.append("token", new byte[100]);
                }
            }));

            Engine.assertFails(greedy, Kind.OVERLOADED);
            assertThat(greedy.flight().log().last()).isEqualTo(11);
            assertThat(greedy.flight().failure().orElseThrow().retryAfter()).isPresent();
            holding.gate.countDown();
            assertThat(held.await(Engine.FOREVER)).isEqualTo("held");
            engine.settle();
            assertThat(engine.coalescer.liveBytes()).isZero();
        }
    }

    @Test
    @DisplayName("C22 while no text has room no flight begins; followers still join")
    void noRoomNoFlight() throws Exception {
        try (var engine = new Engine(LITTLE_TEXT)) {
            var full = new CountDownLatch(1);
            var go = new CountDownLatch(1);
            ScriptedWork work = ScriptedWork.of(flight -> {
                flight.append("token", new byte[1_900]);
                full.countDown();
                go.await();
                return ScriptedWork.landed("answer", Reuse.NONE);
            });
            engine.join("k", work);
            Engine.passes(full);
            assertThat(engine.coalescer.liveBytes()).isEqualTo(2_000);

            assertThatThrownBy(() -> engine.join("new", work)).isInstanceOf(OverloadedException.class);
            Attachment<String> follower = engine.join("k", work);
            go.countDown();

            assertThat(follower.await(Engine.FOREVER)).isEqualTo("answer");
            assertThat(engine.ask("new", ScriptedWork.returning("new"))).isEqualTo("new");
        }
    }

    @Test
    @DisplayName("C21 winding down waits for what is in the air and refuses the rest")
    void windDownWaits() throws Exception {
        try (var engine = new Engine()) {
            ScriptedWork work = ScriptedWork.gated("answer");
            Attachment<String> leader = engine.join("k", work);
            assertThat(engine.coalescer.accepting()).isTrue();

            assertThat(engine.coalescer.awaitEnd(Duration.ZERO)).isFalse();
            assertThat(engine.coalescer.accepting()).isFalse();
            assertThatThrownBy(() -> engine.join("new", work)).isInstanceOf(OverloadedException.class);
            work.gate.countDown();

            assertThat(engine.coalescer.awaitEnd(Engine.FOREVER)).isTrue();
            assertThat(leader.await(Engine.FOREVER)).isEqualTo("answer");
            assertThat(engine.coalescer.awaitEnd(Duration.ZERO)).as("again").isTrue();
        }
    }

    @Test
    @DisplayName("C21 one flight is stopped with a reason for its listeners; the others go on")
    void stoppedWithAReason() throws Exception {
        try (var engine = new Engine()) {
            ScriptedWork work = ScriptedWork.gated("answer");
            Attachment<String> stopped = engine.join("a", work);
            Attachment<String> other = engine.join("b", work);

            assertThat(engine.coalescer.stop(stopped.flight().id(), "Calls are off."))
                    .isTrue();
            assertThat(engine.coalescer.stop("unknown", "Calls are off.")).isFalse();
            work.gate.countDown();

            Engine.assertFails(stopped, Kind.STOPPED);
            assertThat(stopped.flight().failure().orElseThrow().message()).isEqualTo("Calls are off.");
            assertThat(other.await(Engine.FOREVER)).isEqualTo("answer");
        }
    }
}
