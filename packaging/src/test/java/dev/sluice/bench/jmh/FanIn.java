package dev.sluice.bench.jmh;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.FlightKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// P9: from the end of the work until the last of 10 000 who wait for it has the answer. Each waits in a virtual
/// thread, with a deadline of its own.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 15)
public class FanIn {
    private static final int WAITERS = 10_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /// Those who wait for one piece of work.
    private static final class Crowd {
        final CountDownLatch gate = new CountDownLatch(1);
        private final CountDownLatch answered = new CountDownLatch(WAITERS);
        private final AtomicInteger wrong = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();

        void gather(Callable<String> waiting) throws InterruptedException {
            for (int i = 0; i < WAITERS; i++) {
                threads.add(Thread.startVirtualThread(() -> await(waiting)));
            }
            long end = System.nanoTime() + PATIENCE_NANOS;
            for (Thread thread : threads) {
                while (thread.getState() != Thread.State.TIMED_WAITING) {
                    if (System.nanoTime() > end) {
                        throw new IllegalStateException("a waiter is " + thread.getState());
                    }
                    Thread.sleep(1);
                }
            }
        }

        private void await(Callable<String> waiting) {
            try {
                if (!waiting.call().equals(Wiring.Answer.TEXT)) {
                    wrong.getAndIncrement();
                }
            } catch (Exception failed) {
                wrong.getAndIncrement();
            }
            answered.countDown();
        }

        int release() throws InterruptedException {
            gate.countDown();
            if (!answered.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS) || wrong.get() > 0) {
                throw new IllegalStateException(answered.getCount() + " have no answer, " + wrong + " a wrong one");
            }
            return WAITERS;
        }
    }

    /// Ours.
    @State(Scope.Benchmark)
    public static class Sluice {
        private final Wiring wiring = Wiring.inMemory(Duration.ofSeconds(30));
        private int made;
        private Crowd crowd = new Crowd();

        @Setup(Level.Invocation)
        public void gather() throws InterruptedException {
            var next = new Crowd();
            var key = new FlightKey("key-" + made++);
            next.gather(() -> {
                try (Attachment<String> place = wiring.coalescer.join(
                        key, new Wiring.Answer(next.gate), answer -> !answer.isEmpty(), Wiring.LINGER)) {
                    return place.await(Wiring.DEADLINE);
                }
            });
            crowd = next;
        }

        @TearDown
        public void close() {
            wiring.close();
        }
    }

    /// A cache of futures.
    @State(Scope.Benchmark)
    public static class CaffeineCache {
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AsyncCache<FlightKey, String> answers = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofSeconds(30))
                .buildAsync();
        private int made;
        private Crowd crowd = new Crowd();

        @Setup(Level.Invocation)
        public void gather() throws InterruptedException {
            var next = new Crowd();
            var key = new FlightKey("key-" + made++);
            next.gather(() -> answers.get(
                            key, (_, _) -> CompletableFuture.supplyAsync(() -> answer(next.gate), threads))
                    .get(Wiring.DEADLINE.toSeconds(), TimeUnit.SECONDS));
            crowd = next;
        }

        private static String answer(CountDownLatch gate) {
            try {
                gate.await();
                return Wiring.Answer.TEXT;
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts it", e);
            }
        }

        @TearDown
        public void close() {
            threads.close();
        }
    }

    @Benchmark
    public int sluice(Sluice sluice) throws InterruptedException {
        return sluice.crowd.release();
    }

    @Benchmark
    public int caffeine(CaffeineCache cache) throws InterruptedException {
        return cache.crowd.release();
    }
}
