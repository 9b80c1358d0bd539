package dev.sluice.bench.jmh;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.FlightKey;
import dev.sluice.service.coalesce.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/// P9: asking for an answer that is kept, with two threads. Each cache is bounded and its entries expire.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Threads(2)
public class Hits {
    /// Longer than any run.
    private static final Duration TTL = Duration.ofHours(1);

    private static final int MOST = 100_000;

    /// What is asked for: all of one key, or many in turn.
    @State(Scope.Benchmark)
    public static class Questions {
        @Param({"1", "1024"})
        public int keys = 1;

        FlightKey[] asked = {};

        /// Requests make their own keys: equal to those that are kept, not the same.
        @Setup
        public void ask() {
            asked = keys(keys);
        }

        static FlightKey[] keys(int count) {
            var keys = new FlightKey[count];
            Arrays.setAll(
                    keys,
                    i -> FlightKey.of("bench").field("key", Integer.toString(i)).build());
            return keys;
        }
    }

    /// Which key is next, thread by thread.
    @State(Scope.Thread)
    public static class Turn {
        private int turn;

        FlightKey next(Questions questions) {
            FlightKey[] asked = questions.asked;
            return asked[turn++ & (asked.length - 1)];
        }
    }

    /// Ours.
    @State(Scope.Benchmark)
    public static class Sluice {
        private final Wiring wiring = Wiring.inMemory(TTL);
        private final Wiring.Answer work = new Wiring.Answer(null);

        @Setup
        public void fill(Questions questions) throws Exception {
            for (FlightKey key : Questions.keys(questions.keys)) {
                ask(key);
            }
            try (Attachment<String> place = join(questions.asked[0])) {
                if (place.role() != Role.REUSED) {
                    throw new IllegalStateException("nothing is kept: " + place.role());
                }
            }
        }

        String ask(FlightKey key) throws Exception {
            try (Attachment<String> place = join(key)) {
                return place.await(Wiring.DEADLINE);
            }
        }

        private Attachment<String> join(FlightKey key) {
            return wiring.coalescer.join(key, work, answer -> !answer.isEmpty(), Wiring.LINGER);
        }

        @TearDown
        public void close() {
            wiring.close();
        }
    }

    /// A cache of futures.
    @State(Scope.Benchmark)
    public static class CaffeineCache {
        private final AsyncCache<FlightKey, String> answers =
                Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(TTL).buildAsync();

        @Setup
        public void fill(Questions questions) {
            for (FlightKey key : Questions.keys(questions.keys)) {
                answers.put(key, CompletableFuture.completedFuture(Wiring.Answer.TEXT));
            }
        }
    }

    /// A cache that locks by segment.
    @State(Scope.Benchmark)
    public static class GuavaCache {
        private final LoadingCache<FlightKey, String> answers = CacheBuilder.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(TTL)
                .build(CacheLoader.from(key -> Wiring.Answer.TEXT));

        @Setup
        public void fill(Questions questions) {
            for (FlightKey key : Questions.keys(questions.keys)) {
                answers.getUnchecked(key);
            }
        }
    }

    @Benchmark
    public String sluice(Sluice sluice, Questions questions, Turn turn) throws Exception {
        return sluice.ask(turn.next(questions));
    }

    @Benchmark
    public String caffeine(CaffeineCache cache, Questions questions, Turn turn) {
        return cache.answers
                .get(turn.next(questions), (key, executor) -> {
                    throw new IllegalStateException("nothing is kept");
                })
                .join();
    }

    @Benchmark
    public String guava(GuavaCache cache, Questions questions, Turn turn) {
        return cache.answers.getUnchecked(turn.next(questions));
    }
}
