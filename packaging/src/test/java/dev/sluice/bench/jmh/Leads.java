package dev.sluice.bench.jmh;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.coalesce.Attachment;
import dev.sluice.service.coalesce.FlightKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// P9: asking what nobody asked before: the work is done on a thread of its own and its answer is kept.
///
/// The caller is a virtual thread, as the service's are. Caches soon hold as much as they may.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class Leads {
    private static final Duration TTL = Duration.ofSeconds(30);
    /// About what the coalescer's bound in bytes makes of such answers.
    private static final int MOST = 80_000;

    /// Keys that were never used.
    @State(Scope.Thread)
    public static class Fresh {
        private long made;

        FlightKey next() {
            return new FlightKey("key-" + made++);
        }
    }

    /// Ours, transcripts in memory.
    @State(Scope.Benchmark)
    public static class Sluice {
        private final Wiring wiring = Wiring.inMemory(TTL);

        @TearDown
        public void close() {
            wiring.close();
        }
    }

    /// Ours, each flight stored as a session.
    @State(Scope.Benchmark)
    public static class Stored {
        private final StoredLogs store = new StoredLogs();
        private final Wiring wiring = Wiring.stored(TTL, store);

        @TearDown
        public void close() {
            wiring.close();
            store.close();
        }
    }

    /// A cache of futures.
    @State(Scope.Benchmark)
    public static class CaffeineCache {
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AsyncCache<FlightKey, String> answers =
                Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(TTL).buildAsync();

        @TearDown
        public void close() {
            threads.close();
        }
    }

    @Benchmark
    public String sluice(Sluice sluice, Fresh fresh) throws Exception {
        return ask(sluice.wiring, fresh);
    }

    @Benchmark
    public String sluiceStored(Stored stored, Fresh fresh) throws Exception {
        return ask(stored.wiring, fresh);
    }

    /// The same job: work that outlives its caller, and a caller with a deadline.
    @Benchmark
    public String caffeine(CaffeineCache cache, Fresh fresh) throws Exception {
        return cache.answers
                .get(fresh.next(), (_, _) -> CompletableFuture.supplyAsync(() -> Wiring.Answer.TEXT, cache.threads))
                .get(Wiring.DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    /// Less: the caller does the work itself.
    @Benchmark
    public String caffeineInPlace(CaffeineCache cache, Fresh fresh) {
        var future = cache.answers.get(fresh.next(), (_, _) -> new CompletableFuture<>());
        future.complete(Wiring.Answer.TEXT);
        return future.join();
    }

    private static String ask(Wiring wiring, Fresh fresh) throws Exception {
        try (Attachment<String> place = wiring.coalescer.join(
                fresh.next(), new Wiring.Answer(null), answer -> !answer.isEmpty(), Wiring.LINGER)) {
            return place.await(Wiring.DEADLINE);
        }
    }
}
