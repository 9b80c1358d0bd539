package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PacerTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();
    private final LinkedBlockingQueue<String> grants = new LinkedBlockingQueue<>();

    @Test
    void aFreeSlotIsGivenAtOnce() throws Exception {
        var pacer = pacer(20, 25, 32);

        try (Slot slot = pacer.acquire("acme")) {
            assertThat(slot.queueWait()).isZero();
            assertThat(pacer.stats()).isEqualTo(new PacerStats(1, 32, 0, 1, 0, 0));
        }
        assertThat(pacer.stats().inUse()).isZero();
        assertThat(time.alarms()).isZero();
    }

    @Test
    void closingTwiceReturnsOneSlot() throws Exception {
        var pacer = pacer(20, 25, 2);
        Slot first = pacer.acquire("acme");
        pacer.acquire("acme");

        first.close();
        first.close();

        assertThat(pacer.stats().inUse()).isEqualTo(1);
    }

    @Test
    void aReleaseWakesTheNextWaiter() throws Exception {
        var pacer = pacer(1000, 100, 1);
        Slot held = pacer.acquire("acme");
        var waiter = waiting(pacer, "acme");
        time.advance(Duration.ofSeconds(3));

        held.close();

        assertThat(waiter.get(10, TimeUnit.SECONDS).queueWait()).isEqualTo(Duration.ofSeconds(3));
        assertThat(time.alarms()).isZero();
    }

    @Test
    @DisplayName("C18 over the rate a caller waits for exactly the next token")
    void overTheRateACallerWaitsForTheNextToken() throws Exception {
        var pacer = pacer(10, 2, 32);
        pacer.acquire("acme");
        pacer.acquire("acme");
        var third = waiting(pacer, "acme");

        time.advance(Duration.ofMillis(100).minusNanos(1));
        assertThat(pacer.stats().queued()).isEqualTo(1);
        time.advance(Duration.ofNanos(1));

        assertThat(third.get(10, TimeUnit.SECONDS).queueWait()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aPauseFillsTheBucketToTheBurstAndNoFurther() throws Exception {
        var pacer = pacer(10, 2, 32);
        time.advance(Duration.ofHours(1));
        pacer.acquire("acme");
        pacer.acquire("acme");

        queueUp(pacer, "acme");

        assertThat(pacer.stats().queued()).isEqualTo(1);
    }

    @Test
    @DisplayName("C18 a queue over its time-out answers with Retry-After")
    void aWaiterIsRefusedAtItsDeadline() throws Exception {
        var pacer = pacer(1000, 100, 1);
        Slot held = pacer.acquire("acme");
        var waiter = waiting(pacer, "acme");

        time.advance(TEN_SECONDS);

        ProviderException refusal = refusal(waiter);
        assertThat(refusal.kind()).isEqualTo(Kind.QUEUE_TIMEOUT);
        assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(1));
        assertThat(refusal.shareable()).isFalse();
        assertThat(pacer.stats()).isEqualTo(new PacerStats(1, 1, 0, 1, 1, 0));
        held.close();
        assertThat(pacer.stats().inUse()).isZero();
        assertThat(time.alarms()).isZero();
    }

    @Test
    void aFullQueueRefusesAtOnce() throws Exception {
        var pacer = new Pacer("p", new PacerLimits(1000, 100, 1, TEN_SECONDS, 1), time);
        pacer.acquire("acme");
        queueUp(pacer, "acme");

        assertThatThrownBy(() -> pacer.acquire("other")).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.QUEUE_FULL);
            assertThat(e.retryAfter()).isPresent();
        });
        assertThat(pacer.stats().refused()).isEqualTo(1);
    }

    @Test
    void noTimeOutMeansNoWaiting() throws Exception {
        var pacer = new Pacer("p", new PacerLimits(1000, 100, 1, Duration.ZERO, 10), time);
        pacer.acquire("acme");

        assertThatThrownBy(() -> pacer.acquire("acme"))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(Kind.QUEUE_TIMEOUT));
    }

    @Test
    @DisplayName("C18 an org with a long queue does not keep another one waiting")
    void orgsTakeTurns() throws Exception {
        var pacer = pacer(1000, 100, 1);
        Slot held = pacer.acquire("busy");
        for (String org : List.of("busy", "busy", "busy", "quiet", "other", "busy")) {
            queueUp(pacer, org);
        }

        held.close();

        assertThat(List.of(grant(), grant(), grant(), grant(), grant(), grant()))
                .containsExactly("busy", "quiet", "other", "busy", "busy", "busy");
    }

    @Test
    void anInterruptedWaiterLeavesTheQueue() throws Exception {
        var pacer = pacer(1000, 100, 1);
        Slot held = pacer.acquire("acme");
        var failure = new LinkedBlockingQueue<Exception>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                pacer.acquire("acme").close();
            } catch (ProviderException | InterruptedException e) {
                failure.add(e);
            }
        });
        awaitQueued(pacer, 1);

        thread.interrupt();

        assertThat(failure.poll(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        assertThat(pacer.stats().queued()).isZero();
        held.close();
        assertThat(pacer.stats()).isEqualTo(new PacerStats(0, 1, 0, 1, 0, 0));
    }

    @Test
    void newLimitsApplyToThoseWhoWait() throws Exception {
        var pacer = pacer(1000, 100, 1);
        pacer.acquire("acme");
        var second = waiting(pacer, "acme");

        pacer.limits(new PacerLimits(1000, 100, 2, TEN_SECONDS, 100));

        assertThat(second.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(pacer.stats().limit()).isEqualTo(2);
    }

    @Test
    void aLowerLimitLetsHeldSlotsFinish() throws Exception {
        var pacer = pacer(1000, 100, 2);
        Slot first = pacer.acquire("acme");
        Slot second = pacer.acquire("acme");
        pacer.limits(new PacerLimits(1000, 100, 1, TEN_SECONDS, 100));
        var third = waiting(pacer, "acme");

        first.close();
        assertThat(pacer.stats())
                .extracting(PacerStats::inUse, PacerStats::queued)
                .containsExactly(1, 1);
        second.close();

        assertThat(third.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aFasterRateDoesNotWaitForTheOldToken() throws Exception {
        var pacer = pacer(0.01, 1, 32);
        pacer.acquire("acme");
        var second = waiting(pacer, "acme");

        pacer.limits(new PacerLimits(100, 1, 32, TEN_SECONDS, 100));
        time.advance(Duration.ofMillis(10));

        assertThat(second.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    private Pacer pacer(double perSecond, int burst, int concurrency) {
        return new Pacer("p", new PacerLimits(perSecond, burst, concurrency, TEN_SECONDS, 100), time);
    }

    /// Starts a caller that reports its grant and, if others wait behind it, closes its slot.
    private FutureTask<Slot> waiting(Pacer pacer, String org) throws InterruptedException {
        int before = pacer.stats().queued();
        var task = new FutureTask<>(() -> {
            Slot slot = pacer.acquire(org);
            grants.add(org);
            if (pacer.stats().queued() > 0) {
                slot.close();
            }
            return slot;
        });
        Thread.startVirtualThread(task);
        awaitQueued(pacer, before + 1);
        return task;
    }

    private void queueUp(Pacer pacer, String org) throws InterruptedException {
        FutureTask<Slot> _ = waiting(pacer, org);
    }

    private static void awaitQueued(Pacer pacer, int count) {
        while (pacer.stats().queued() < count) {
            Thread.onSpinWait();
        }
    }

    private String grant() throws InterruptedException {
        String org = grants.poll(10, TimeUnit.SECONDS);
        return org == null ? "nobody" : org;
    }

    private static ProviderException refusal(FutureTask<Slot> task) throws Exception {
        try {
            task.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProviderException refusal) {
                return refusal;
            }
            throw e;
        }
        throw new AssertionError("a slot was given");
    }
}
