package dev.sluice.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// P14: from an append until the event is visible to a reader that waits for it: a log of 10 000 events of 200 bytes
/// that nothing is trimmed of, as a chat's is.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(jvmArgsAppend = "-Djmh.executor=VIRTUAL")
@OperationsPerInvocation(Appends.EVENTS)
public class Appends {
    static final int EVENTS = 10_000;
    static final byte[] DATA = ("{\"delta\":\"" + "x".repeat(188) + "\"}").getBytes(UTF_8);

    private static final Retention WHOLE = Retention.whole(8L << 20);
    private static final int BATCH_BYTES = 64 << 10;

    /// A log with one reader, which begins anew for each invocation.
    private static final class Followed {
        private final EventLog log;
        private final CountDownLatch seen = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        Followed(EventLog log) {
            this.log = log;
            Cursor cursor = log.cursorAfter(0);
            Thread.startVirtualThread(() -> read(cursor));
        }

        private void read(Cursor cursor) {
            try (cursor) {
                while (!cursor.finished()) {
                    if (cursor.read(BATCH_BYTES).entries().isEmpty()) {
                        cursor.await(Wiring.DEADLINE);
                    }
                    if (cursor.position() >= EVENTS) {
                        seen.countDown();
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts it", e);
            }
            over.countDown();
        }

        void append() {
            for (int i = 0; i < EVENTS; i++) {
                log.append("delta", DATA);
            }
        }

        long awaitSeen() throws InterruptedException {
            passes(seen);
            return log.last();
        }

        /// Ends the log and waits until the reader has its end, which is shown once it is durable.
        long end() throws InterruptedException {
            log.end("done", DATA);
            passes(over);
            return log.last();
        }

        private static void passes(CountDownLatch latch) throws InterruptedException {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the reader does not see all events");
            }
        }
    }

    /// The log of each invocation.
    private static final class Logs {
        private final Function<String, EventLog> opens;
        private Followed followed;
        private int made;

        Logs(Function<String, EventLog> opens) {
            this.opens = opens;
            this.followed = next();
        }

        Followed next() {
            followed = new Followed(opens.apply("f" + made++));
            return followed;
        }
    }

    /// In memory only.
    @State(Scope.Benchmark)
    public static class InMemory {
        private final Wakeups wakeups = Wakeups.start();
        private final Logs logs = new Logs(id -> new EventLog(id, WHOLE, wakeups));

        @Setup(Level.Invocation)
        public void begin() {
            logs.next();
        }

        @TearDown(Level.Invocation)
        public void end() throws InterruptedException {
            logs.followed.end();
        }

        @TearDown
        public void close() {
            wakeups.close();
        }
    }

    /// Stored by a journal, which has nothing left to do when an invocation begins.
    @State(Scope.Benchmark)
    public static class Stored {
        private final StoredLogs store = new StoredLogs();
        private final Logs logs = new Logs(id -> store.open(id, WHOLE));
        private boolean ended;

        @Setup(Level.Invocation)
        public void begin() {
            logs.next();
            ended = false;
        }

        long end() throws InterruptedException {
            ended = true;
            return logs.followed.end();
        }

        @TearDown(Level.Invocation)
        public void endUnlessEnded() throws InterruptedException {
            if (!ended) {
                end();
            }
        }

        @TearDown
        public void close() {
            store.close();
        }
    }

    @Benchmark
    public long inMemory(InMemory memory) throws InterruptedException {
        memory.logs.followed.append();
        return memory.logs.followed.awaitSeen();
    }

    @Benchmark
    public long stored(Stored stored) throws InterruptedException {
        stored.logs.followed.append();
        return stored.logs.followed.awaitSeen();
    }

    /// Until the end of the log is shown: by then every event is durable.
    @Benchmark
    public long storedUntilDurable(Stored stored) throws InterruptedException {
        stored.logs.followed.append();
        return stored.end();
    }
}
