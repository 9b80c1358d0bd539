package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.replay.Cursor;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LeavingTest {
    private static final Duration A_DAY = Duration.ofDays(1);

    private final Engine engine = new Engine();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    @DisplayName("C6 the last listener cancels: the work is aborted at once, the key is free, nothing is kept")
    void cancelByTheLastAborts() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);
        Attachment<String> follower = engine.join("k", work);
        Engine.passes(work.started);

        leader.leave(Leave.CANCELLED);
        assertThat(leader.flight().aborted()).isNull();
        follower.leave(Leave.CANCELLED);

        Engine.passes(work.interrupted);
        engine.settle();
        assertThat(engine.coalescer.inAir()).isEmpty();
        assertThat(leader.flight().failure().orElseThrow().kind()).isEqualTo(FlightException.Kind.CANCELLED);
        assertThat(engine.join("k", ScriptedWork.returning("new")).role()).isEqualTo(Role.LEADER);
    }

    @Test
    @DisplayName("C6 the last connection is lost: the flight lingers, then it is aborted")
    void lostConnectionLingers() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);
        Engine.passes(work.started);

        leader.leave(Leave.LOST);
        engine.clock.advance(Engine.LINGER.minus(Engine.MS));
        assertThat(engine.coalescer.inAir()).hasSize(1);
        assertThat(leader.flight().failure()).isEmpty();
        assertThat(leader.flight().aborted()).isNull();
        engine.clock.advance(Engine.MS);

        Engine.passes(work.interrupted);
    }

    @Test
    @DisplayName("C6 a rejoin during the linger keeps the flight, also past it")
    void rejoinKeepsTheFlight() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        engine.join("k", work).leave(Leave.LOST);
        engine.clock.advance(Engine.LINGER.minus(Engine.MS));

        Attachment<String> again = engine.join("k", work);
        engine.clock.advance(Engine.LINGER);
        work.gate.countDown();

        assertThat(again.role()).isEqualTo(Role.FOLLOWER);
        assertThat(again.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(work.calls).hasValue(1);
    }

    @Test
    @DisplayName("C6 each desertion lingers anew: an earlier one's timer does not cut it short")
    void secondDesertionLingersInFull() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        engine.join("k", work).leave(Leave.LOST);
        engine.clock.advance(Engine.LINGER.dividedBy(2));
        engine.join("k", work).leave(Leave.LOST);
        engine.clock.advance(Engine.LINGER.minus(Engine.MS));

        Attachment<String> again = engine.join("k", work);
        work.gate.countDown();

        assertThat(again.role()).isEqualTo(Role.FOLLOWER);
        assertThat(again.await(Engine.FOREVER)).isEqualTo("answer");
    }

    @Test
    @DisplayName("C6 an explicit cancel does not cut short the linger of one that was lost before")
    void cancelLeavesALostOnesLinger() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> lost = engine.join("k", work);
        Attachment<String> cancelling = engine.join("k", work);
        Engine.passes(work.started);

        lost.leave(Leave.LOST);
        engine.clock.advance(Duration.ofSeconds(2));
        cancelling.leave(Leave.CANCELLED);
        engine.clock.advance(Duration.ofSeconds(3).minus(Engine.MS));
        assertThat(lost.flight().aborted()).isNull();
        engine.clock.advance(Engine.MS);

        Engine.passes(work.interrupted);
    }

    @Test
    @DisplayName("C6 an explicit cancel after the last linger has run out ends the flight at once")
    void cancelAfterALostOnesLinger() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> lost = engine.join("k", work);
        Attachment<String> cancelling = engine.join("k", work);
        Engine.passes(work.started);

        lost.leave(Leave.LOST);
        engine.clock.advance(Engine.LINGER);
        assertThat(lost.flight().aborted()).isNull();
        cancelling.leave(Leave.CANCELLED);

        Engine.passes(work.interrupted);
    }

    @Test
    @DisplayName("C6 the longest running linger counts, whoever left last")
    void longestLingerCounts() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> patient = join(work, Duration.ofSeconds(9));
        Attachment<String> hasty = join(work, Duration.ofSeconds(1));
        Engine.passes(work.started);

        patient.leave(Leave.LOST);
        engine.clock.advance(Duration.ofSeconds(4));
        hasty.leave(Leave.LOST);
        engine.clock.advance(Duration.ofSeconds(5).minus(Engine.MS));
        assertThat(patient.flight().aborted()).isNull();
        engine.clock.advance(Engine.MS);

        Engine.passes(work.interrupted);
    }

    @Test
    @DisplayName("C6 a linger longer than the clock can count does not overflow")
    void endlessLinger() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = join(work, Duration.ofSeconds(Long.MAX_VALUE));
        engine.clock.advance(Duration.ofDays(1));

        leader.leave(Leave.LOST);
        engine.clock.advance(Duration.ofDays(1));

        assertThat(engine.join("k", work).role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    @DisplayName("C6 one who rejoins and is lost again lingers from then on")
    void rejoinedAndLostAgain() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);
        Engine.passes(work.started);
        leader.leave(Leave.LOST);
        engine.clock.advance(Engine.LINGER.minus(Engine.MS));
        engine.join("k", work).leave(Leave.LOST);
        engine.clock.advance(Engine.LINGER.minus(Engine.MS));
        assertThat(engine.coalescer.inAir()).hasSize(1);

        engine.clock.advance(Engine.MS);

        Engine.passes(work.interrupted);
    }

    @Test
    @DisplayName("C7 a listener leaves at its own deadline, the others do not notice")
    void ownDeadline() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> patient = engine.join("k", work);
        Attachment<String> hasty = engine.join("k", work);

        assertThatThrownBy(() -> hasty.await(Duration.ofMillis(20))).isInstanceOf(DeadlineException.class);
        hasty.leave(Leave.LOST);
        engine.clock.advance(Engine.LINGER.multipliedBy(2));
        work.gate.countDown();

        assertThat(patient.await(Engine.FOREVER)).isEqualTo("answer");
        assertThat(work.calls).hasValue(1);
    }

    @Test
    @DisplayName("C7 a deadline longer than the clock can count is no deadline")
    void endlessDeadline() throws Exception {
        assertThat(engine.join("k", ScriptedWork.returning("answer")).await(Duration.ofSeconds(Long.MAX_VALUE)))
                .isEqualTo("answer");
    }

    @Test
    void leavingEndsTheWait() throws InterruptedException {
        Attachment<String> leader = engine.join("k", ScriptedWork.gated("answer"));

        var waiting = new FutureTask<>(() -> leader.await(A_DAY));
        parked(waiting);

        leader.leave(Leave.LOST);

        assertThatThrownBy(() -> waiting.get(Engine.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        LeftException.class, left -> assertThat(left.why()).isEqualTo(Leave.LOST));
    }

    @Test
    void leavingEndsTheReading() throws Exception {
        Attachment<String> leader = engine.join("k", ScriptedWork.gated("answer"));
        Cursor cursor = leader.open(null).cursor();
        var reading = new FutureTask<>(() -> cursor.await(A_DAY));
        parked(reading);

        leader.leave(Leave.LOST);

        assertThat(reading.get(Engine.FOREVER.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
    }

    @Test
    @DisplayName("C6 only the first leave counts: a close after a lost connection takes nobody else's place")
    void leavingTwiceCountsOnce() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);
        Attachment<String> follower = engine.join("k", work);

        leader.leave(Leave.LOST);
        leader.close();

        assertThat(leader.left()).contains(Leave.LOST);
        assertThat(follower.flight().listeners()).isEqualTo(1);
    }

    @Test
    @DisplayName("C20 leaving closes the cursor, whether it was opened before or after, once or twice")
    void leavingClosesTheCursor() throws Exception {
        ScriptedWork work = ScriptedWork.gated("answer");
        Attachment<String> leader = engine.join("k", work);
        Attachment<String> follower = engine.join("k", work);
        leader.open(null);
        leader.open(null);
        assertThat(leader.flight().log().readers()).isEqualTo(1);

        leader.leave(Leave.LOST);
        Cursor late = leader.open(null).cursor();

        assertThat(leader.flight().log().readers()).isZero();
        assertThat(late.await(Engine.FOREVER)).isFalse();
        follower.close();
    }

    /// Runs the task until it waits.
    private static void parked(FutureTask<?> task) {
        Thread thread = Thread.ofVirtual().start(task);
        Engine.until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    private Attachment<String> join(ScriptedWork work, Duration linger) {
        return engine.coalescer.join(Engine.key("k"), work, _ -> true, linger);
    }
}
