package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OutboundTest extends OnBench {
    OutboundTest() {
        super(oneSlot(Duration.ofHours(1)));
    }

    @Test
    @DisplayName("C21 stop: new flights are refused with 503, kept results and idempotent answers still serve")
    void newFlightsAreRefused() throws Exception {
        bench.answer(ChatBench.question("keyed", "key"));
        bench.answer(ChatBench.question("kept"));
        stopCalls();

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> bench.ask("new"))
                .satisfies(refused -> {
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.headers()).containsKey("Retry-After");
                });
        assertThat(bench.ask("kept").role()).isEqualTo(Role.REUSED);
        assertThat(bench.service.ask(ChatBench.question("keyed", "key"))).isInstanceOf(Asked.Answered.class);
        assertThat(bench.provider.calls).hasValue(2);
        assertThat(bench.service.inAir()).isEmpty();
    }

    @Test
    @DisplayName("C21 stop: flights that wait for a slot end at once with a clear 503, without a call")
    void waitingFlightsEnd() {
        bench.provider.thenWait(gate);
        bench.ask("answering");
        ChatBench.until(() -> bench.provider.calls.get() == 1);
        Attachment<ChatResult> waiting = bench.ask("waiting");
        ChatBench.until(() -> bench.lane.pacer().stats().queued() == 1);

        stopCalls();

        assertStopped(waiting);
        assertThat(bench.provider.calls).hasValue(1);
        assertThat(bench.lane.pacer().stats().queued()).isZero();
    }

    @Test
    @DisplayName("C21 stop: flights that pause before a retry end at once")
    void pausingFlightsEnd() {
        bench.provider.thenFail(ScriptedProvider.failure(Kind.SERVER, 503));
        Attachment<ChatResult> pausing = bench.ask("q");
        ChatBench.until(() -> bench.clock.pending() == 1);

        stopCalls();

        assertStopped(pausing);
        assertThat(bench.provider.calls).hasValue(1);
    }

    @Test
    @DisplayName("C21 stop: a flight that gets its slot just then does not call")
    void noCallAfterTheStop() throws Exception {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> answering = bench.ask("answering");
        ChatBench.until(() -> bench.provider.calls.get() == 1);
        Attachment<ChatResult> waiting = bench.ask("waiting");
        ChatBench.until(() -> bench.lane.pacer().stats().queued() == 1);

        bench.policy.callsAllowed = false; // and nobody has heard of it yet
        gate.countDown();

        assertThat(answering.await(ChatBench.FOREVER).stored()).isTrue();
        assertStopped(waiting);
        assertThat(bench.provider.calls).hasValue(1);
        assertThat(bench.lane.pacer().stats().inUse()).isZero();
    }

    @Test
    @DisplayName("C21 stop: flights being answered have the grace, then they are aborted; followers join until then")
    void answeringFlightsHaveAGrace() {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask("q");
        ChatBench.until(() -> bench.provider.calls.get() == 1);

        stopCalls();
        bench.clock.advance(ScriptedPolicy.GRACE.minus(MS));
        assertThat(bench.provider.interrupted).hasValue(0);
        Attachment<ChatResult> follower = bench.ask("q");
        bench.clock.advance(MS);

        assertStopped(leader);
        assertStopped(follower);
        assertThat(bench.provider.interrupted).hasValue(1);
    }

    @Test
    @DisplayName("C21 stop: what else an operator changes meanwhile does not lengthen the grace")
    void otherChangesLeaveTheGraceAlone() {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask("q");
        ChatBench.until(() -> bench.provider.calls.get() == 1);

        stopCalls();
        bench.clock.advance(ScriptedPolicy.GRACE.minus(MS));
        bench.service.outboundChanged();
        bench.clock.advance(MS);

        assertStopped(leader);
    }

    @Test
    @DisplayName("C21 stop: who is answered within the grace is answered")
    void answeredWithinTheGrace() throws Exception {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask("q");
        ChatBench.until(() -> bench.provider.calls.get() == 1);

        stopCalls();
        gate.countDown();

        assertThat(leader.await(ChatBench.FOREVER).stored()).isTrue();
    }

    @Test
    @DisplayName("C21 calls allowed again within the grace: nothing is aborted, also not by an earlier stop's end")
    void allowedAgain() throws Exception {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask("q");
        ChatBench.until(() -> bench.provider.calls.get() == 1);

        stopCalls();
        bench.clock.advance(ScriptedPolicy.GRACE.dividedBy(2));
        bench.policy.callsAllowed = true;
        bench.service.outboundChanged();
        stopCalls();
        bench.clock.advance(ScriptedPolicy.GRACE.minus(MS));
        gate.countDown();

        assertThat(leader.await(ChatBench.FOREVER).stored()).isTrue();
    }

    @Test
    @DisplayName("C21 sharing flipped off: running flights finish for all, new callers bypass; on again: they share")
    void flagFlip() throws Exception {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask("q");
        Attachment<ChatResult> follower = bench.ask("q");
        ChatBench.until(() -> bench.provider.calls.get() == 1);

        bench.policy.enabled = false;
        Attachment<ChatResult> bypass = bench.ask("q");
        bench.policy.enabled = true;
        Attachment<ChatResult> later = bench.ask("q");
        gate.countDown();

        assertThat(bypass.role()).isEqualTo(Role.BYPASS);
        assertThat(later.role()).isEqualTo(Role.FOLLOWER);
        for (Attachment<ChatResult> each : List.of(follower, later)) {
            assertThat(each.flight()).isSameAs(leader.flight());
        }
        assertThat(leader.await(ChatBench.FOREVER)).isSameAs(follower.await(ChatBench.FOREVER));
        assertThat(bypass.await(ChatBench.FOREVER).stored()).isTrue();
        assertThat(bench.provider.calls).hasValue(2);
        ChatBench.until(() -> bench.service.inAir().isEmpty());
    }

    @Test
    @DisplayName("C21 shutdown: new calls are refused, running ones have the grace, then everyone gets a clear 503")
    void windDown() throws Exception {
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask("q");
        ChatBench.until(() -> bench.provider.calls.get() == 1);

        bench.service.windDown(Duration.ZERO);

        assertStopped(leader);
        assertThat(bench.service.accepting()).isFalse();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> bench.ask("new"))
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(503));
    }

    private void stopCalls() {
        bench.policy.callsAllowed = false;
        bench.service.outboundChanged();
    }

    private static void assertStopped(Attachment<ChatResult> attachment) {
        assertThatExceptionOfType(FlightException.class)
                .isThrownBy(() -> attachment.await(ChatBench.FOREVER))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(FlightException.Kind.STOPPED);
                    assertThat(ChatErrors.toApi(failure, Duration.ZERO).status())
                            .isEqualTo(503);
                });
    }
}
