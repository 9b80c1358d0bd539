package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.coalesce.Leave;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.ProviderException.Kind;
import dev.sluice.service.provider.Usage;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class RetryTest extends OnBench {
    /// Half a backoff: what a test's randomness of 0 leaves of it.
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    RetryTest() {
        super(ONE_SLOT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"RATE_LIMITED", "SERVER", "CONNECT", "TIMEOUT"})
    @DisplayName("C19 a transient failure is tried again inside the flight, which shows and counts it")
    void transientFailureIsRetried(Kind kind) throws Exception {
        bench.provider.thenFail(new ProviderException(kind, "for now"));
        Attachment<ChatResult> leader = bench.ask("q");
        pausing();

        bench.clock.advance(FIRST_PAUSE);

        assertThat(leader.await(ChatBench.FOREVER).stored()).isTrue();
        assertThat(bench.provider.calls).hasValue(2);
        assertThat(ChatBench.work(leader).upstream(null).retries()).isEqualTo(1);
        assertThat(bench.lane.tally().calls()).isEqualTo(2);
        assertThat(bench.lane.tally().retries()).isEqualTo(1);
        assertThat(bench.lane.tally().failures()).isEqualTo(1);
        assertThat(bench.metrics.totals().providerCalls()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"UNAUTHORIZED", "QUOTA", "BAD_REQUEST", "PROTOCOL", "TRUNCATED", "IDLE"})
    @DisplayName("C19 a failure that will not pass is not tried again")
    void lastingFailureIsNotRetried(Kind kind) {
        bench.provider.thenFail(new ProviderException(kind, "for good"));

        assertFails(bench.ask("q"), kind);

        assertThat(bench.provider.calls).hasValue(1);
    }

    @Test
    @DisplayName("C19 two retries at most, each after twice the pause; then the failure is told")
    void twoRetriesAtMost() {
        for (int i = 0; i < 4; i++) {
            bench.provider.thenFail(ScriptedProvider.failure(Kind.SERVER, 503));
        }
        Attachment<ChatResult> leader = bench.ask("q");
        pausing();
        bench.clock.advance(FIRST_PAUSE);
        pausing();
        bench.clock.advance(FIRST_PAUSE.multipliedBy(2).minus(MS));
        assertThat(bench.provider.calls).hasValue(2);
        bench.clock.advance(MS);

        assertFails(leader, Kind.SERVER);
        assertThat(bench.provider.calls).hasValue(3);
        assertThat(bench.clock.pending()).isZero();
    }

    @Test
    @DisplayName("C19 Retry-After is waited for to the millisecond")
    void retryAfterIsHonoured() throws Exception {
        var wait = Duration.ofSeconds(7);
        bench.provider.thenFail(ScriptedProvider.failure(Kind.RATE_LIMITED, 429).withRetryAfter(wait));
        Attachment<ChatResult> leader = bench.ask("q");
        pausing();

        bench.clock.advance(wait.minus(MS));
        assertThat(bench.clock.pending()).isOne();
        assertThat(bench.provider.calls).hasValue(1);
        bench.clock.advance(MS);

        assertThat(leader.await(ChatBench.FOREVER).stored()).isTrue();
    }

    @Test
    @DisplayName("C19 a Retry-After too long to wait for fails at once and is passed on")
    void tooLongRetryAfterFailsAtOnce() {
        var wait = Duration.ofSeconds(21);
        bench.provider.thenFail(ScriptedProvider.failure(Kind.RATE_LIMITED, 429).withRetryAfter(wait));

        Attachment<ChatResult> leader = bench.ask("q");

        assertFails(leader, Kind.RATE_LIMITED);
        assertThat(leader.flight().failure().orElseThrow().retryAfter()).contains(wait);
        assertThat(bench.provider.calls).hasValue(1);
    }

    @Test
    @DisplayName("C19 never after the first text: listeners have seen it")
    void neverAfterTheFirstText() {
        bench.provider.then(chunks -> {
            chunks.text("begun");
            throw ScriptedProvider.failure(Kind.SERVER, 200).withPartialUsage(new Usage(1, 1, 2));
        });

        assertFails(bench.ask("q"), Kind.SERVER);

        assertThat(bench.provider.calls).hasValue(1);
    }

    @Test
    @DisplayName("C19 a flight that pauses holds no slot: others call meanwhile")
    void pauseHoldsNoSlot() throws Exception {
        bench.provider.thenFail(ScriptedProvider.failure(Kind.SERVER, 503));
        Attachment<ChatResult> pausing = bench.ask("q");
        pausing();

        assertThat(bench.lane.pacer().stats().inUse()).isZero();
        assertThat(bench.answer(ChatBench.question("other")).stored()).isTrue();
        bench.clock.advance(FIRST_PAUSE);

        assertThat(pausing.await(ChatBench.FOREVER).stored()).isTrue();
        assertThat(bench.lane.pacer().stats().granted()).isEqualTo(3);
        assertThat(bench.lane.pacer().stats().inUse()).isZero();
    }

    @Test
    @DisplayName("C19 a retry that finds no slot in time tells the provider's failure, not the queue's")
    void retryWithoutSlotTellsTheProvidersFailure() throws Exception {
        bench.provider.thenFail(ScriptedProvider.failure(Kind.SERVER, 503));
        Attachment<ChatResult> pausing = bench.ask("q");
        pausing();
        bench.provider.thenWait(gate);
        Attachment<ChatResult> other = bench.ask("other");
        ChatBench.until(() -> bench.provider.calls.get() == 2);

        bench.clock.advance(FIRST_PAUSE);
        ChatBench.until(() -> bench.lane.pacer().stats().queued() == 1);
        bench.slots.advance(ONE_SLOT.queueTimeout());

        assertFails(pausing, Kind.SERVER);
        gate.countDown();
        assertThat(other.await(ChatBench.FOREVER).stored()).isTrue();
    }

    @Test
    @DisplayName("C6 C19 the last listener cancels during a pause: no further try")
    void cancelDuringThePause() {
        bench.provider.thenFail(ScriptedProvider.failure(Kind.SERVER, 503));
        Attachment<ChatResult> leader = bench.ask("q");
        pausing();

        leader.leave(Leave.CANCELLED);

        ChatBench.until(() -> bench.service.inAir().isEmpty());
        bench.clock.advance(FIRST_PAUSE);
        assertThat(bench.provider.calls).hasValue(1);
    }

    @Test
    @DisplayName("C25 a failed call's status, request id and tries are told, and whose time it took")
    void failedCallIsExplained() {
        for (int i = 0; i < 3; i++) {
            bench.provider.then(_ -> {
                bench.clock.advance(Duration.ofMillis(100));
                throw ScriptedProvider.failure(Kind.SERVER, 503);
            });
        }
        Attachment<ChatResult> leader = bench.ask("q");
        pausing();
        bench.clock.advance(FIRST_PAUSE);
        pausing();
        bench.clock.advance(FIRST_PAUSE.multipliedBy(2));
        assertFails(leader, Kind.SERVER);

        var told = ChatBench.work(leader).upstream(Duration.ofMillis(1_100));

        assertThat(told.status()).isEqualTo(503);
        assertThat(told.requestId()).isEqualTo("up-503");
        assertThat(told.retries()).isEqualTo(2);
        assertThat(told.overheadMs()).isEqualTo(50);
        assertThat(told.queueWaitMs()).isZero();
    }

    @Test
    @DisplayName("C25 queue wait is the sum over all tries; the answer's status, id and tokens are told")
    void queueWaitIsSummed() throws Exception {
        bench.provider.thenFail(ScriptedProvider.failure(Kind.SERVER, 503));
        bench.provider.thenWait(gate);
        Attachment<ChatResult> leader = bench.ask("q");
        pausing();
        Attachment<ChatResult> other = bench.ask("other");
        ChatBench.until(() -> bench.provider.calls.get() == 2);
        bench.clock.advance(FIRST_PAUSE);
        ChatBench.until(() -> bench.lane.pacer().stats().queued() == 1);
        bench.slots.advance(Duration.ofMillis(300));
        gate.countDown();
        other.await(ChatBench.FOREVER);
        leader.await(ChatBench.FOREVER);

        var told = ChatBench.work(leader).upstream(Duration.ofMillis(600));

        assertThat(told.queueWaitMs()).isEqualTo(300);
        assertThat(told.overheadMs()).isEqualTo(50);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.requestId()).isEqualTo("up-200");
        assertThat(told.tokens()).isEqualTo(5);
    }

    /// Waits until the flight waits for its next try.
    private void pausing() {
        ChatBench.until(() -> bench.clock.pending() == 1);
    }

    private static void assertFails(Attachment<ChatResult> attachment, Kind kind) {
        assertThatExceptionOfType(FlightException.class)
                .isThrownBy(() -> attachment.await(ChatBench.FOREVER))
                .satisfies(failure -> assertThat(failure.getCause())
                        .isInstanceOfSatisfying(
                                ProviderException.class,
                                cause -> assertThat(cause.kind()).isEqualTo(kind)));
    }
}
