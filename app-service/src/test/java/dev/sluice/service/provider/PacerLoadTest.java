package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PacerLoadTest {
    private static final int THREADS = 64;
    private static final int OPERATIONS = 100_000;
    private static final int CONCURRENCY = 8;

    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger mostHeld = new AtomicInteger();
    private final AtomicLong grants = new AtomicLong();

    @Test
    @DisplayName("C18 all slots are back after 100 000 operations of 64 threads")
    void allSlotsAreBackAfterMixedOperations() throws Exception {
        try (var scheduler = new SystemScheduler()) {
            var pacer =
                    new Pacer("p", new PacerLimits(10_000, 100_000, CONCURRENCY, Duration.ofMillis(1), 40), scheduler);

            var threads = new ArrayList<Thread>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                threads.add(Thread.startVirtualThread(() -> operate(pacer, new SplittableRandom(seed))));
            }
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
            }

            assertThat(mostHeld).hasValueBetween(1, CONCURRENCY);
            var stats = pacer.stats();
            assertThat(stats.inUse()).isZero();
            assertThat(stats.queued()).isZero();
            assertThat(stats.granted()).isEqualTo(grants.get());
            assertThat(allSlots(pacer)).hasSize(CONCURRENCY);
        }
    }

    @Test
    @DisplayName("C18 10^6 mixed operations: never a slot too many, all back in the end, Retry-After when refused")
    void seededSchedule() throws Exception {
        var scheduler = new ManualScheduler();
        var pacer = new Pacer("p", new PacerLimits(10_000, 100_000, CONCURRENCY, Duration.ZERO, 0), scheduler);
        var random = new SplittableRandom(18);
        var slots = new ArrayDeque<Slot>();
        int refusals = 0;
        for (int i = 0; i < 1_000_000; i++) {
            int dice = random.nextInt(100);
            if (dice < 50) {
                try {
                    slots.add(pacer.acquire("org-" + dice % 5));
                } catch (ProviderException refused) {
                    refusals += refused.retryAfter().isPresent() ? 1 : 1_000_000;
                }
            } else if (dice < 90 && !slots.isEmpty()) {
                release(slots.poll(), dice);
            } else {
                scheduler.advance(Duration.ofNanos(dice * 1_000L));
            }
            if (pacer.stats().inUse() != slots.size() || slots.size() > CONCURRENCY) {
                throw new AssertionError("operation " + i + ": " + pacer.stats() + ", held " + slots.size());
            }
        }
        slots.forEach(Slot::close);
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(refusals).isBetween(1, 999_999);
        assertThat(pacer.stats().inUse()).isZero();
        assertThat(allSlots(pacer)).hasSize(CONCURRENCY);
        assertThat(pacer.stats().limit()).isEqualTo(CONCURRENCY);
        assertThat(scheduler.alarms()).isZero();
    }

    private static void release(Slot slot, int dice) {
        switch (dice % 8) {
            case 0 -> slot.failed(Kind.RATE_LIMITED);
            case 1 -> slot.failed(Kind.BAD_REQUEST);
            case 2, 3, 4 -> slot.succeeded();
            default -> {}
        }
        slot.close();
        if (dice % 3 == 0) {
            slot.close();
        }
    }

    /// Takes every slot there is, after the limit has been healed by successes.
    private static List<Slot> allSlots(Pacer pacer) throws Exception {
        pacer.limits(new PacerLimits(10_000, 100_000, CONCURRENCY, Duration.ofSeconds(10), 10));
        while (pacer.stats().limit() < CONCURRENCY) {
            try (Slot slot = pacer.acquire("heal")) {
                slot.succeeded();
            }
        }
        var slots = new ArrayList<Slot>();
        for (int i = 0; i < CONCURRENCY; i++) {
            slots.add(pacer.acquire("all"));
        }
        return slots;
    }

    private void operate(Pacer pacer, SplittableRandom random) {
        for (int i = 0; i < OPERATIONS / THREADS; i++) {
            int dice = random.nextInt(100);
            if (dice == 0) {
                Thread.currentThread().interrupt();
            }
            try {
                Slot slot = pacer.acquire("org-" + random.nextInt(5));
                grants.incrementAndGet();
                mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
                if (dice < 30) {
                    LockSupport.parkNanos(1);
                }
                end(slot, dice);
            } catch (InterruptedException | ProviderException e) {
                // both are part of the mix
            }
        }
    }

    private void end(Slot slot, int dice) {
        switch (dice % 4) {
            case 0 -> slot.succeeded();
            case 1 -> slot.failed(dice < 10 ? Kind.SERVER : Kind.BAD_REQUEST);
            default -> {}
        }
        held.decrementAndGet();
        slot.close();
        if (dice % 3 == 0) {
            slot.close();
        }
    }
}
