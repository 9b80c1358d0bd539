package dev.sluice.bench.jmh;

import dev.sluice.service.replay.Batch;
import dev.sluice.service.replay.Cursor;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What an event costs on its way from a log to a reader, up to the socket: by the service's own loop, into a stream
/// that drops everything.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(jvmArgsAppend = "-Djmh.executor=VIRTUAL")
public class Deliveries {
    private static final int READERS = 100;
    private static final int BACKLOG = 10_000;
    private static final int BATCH_BYTES = 64 << 10;

    /// A log whose 10 000 events are in memory.
    @State(Scope.Benchmark)
    public static class Whole {
        private final Wakeups wakeups = Wakeups.start();
        private final EventLog log = new EventLog("f1", Retention.whole(8L << 20), wakeups);

        public Whole() {
            for (int i = 1; i < BACKLOG; i++) {
                log.append("delta", Appends.DATA);
            }
            log.end("done", Appends.DATA);
        }

        @TearDown
        public void close() {
            wakeups.close();
        }
    }

    /// A log whose newest hundred events are kept, with a hundred readers that wait for the next.
    @State(Scope.Benchmark)
    public static class Live {
        private final Wakeups wakeups = Wakeups.start();
        private final EventLog log = new EventLog("f1", Retention.newest(100, 256 << 10), wakeups);
        private final Semaphore delivered = new Semaphore(0);

        public Live() {
            for (int i = 0; i < READERS; i++) {
                Cursor cursor = log.cursorAfter(0);
                Thread.startVirtualThread(() -> read(cursor));
            }
        }

        private void read(Cursor cursor) {
            try (cursor) {
                while (!cursor.finished()) {
                    int read = write(cursor);
                    if (read == 0) {
                        cursor.await(Wiring.DEADLINE);
                    }
                    delivered.release(read);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts it", e);
            }
        }

        @TearDown
        public void close() {
            log.end("done", Appends.DATA);
            wakeups.close();
        }
    }

    /// A reader that comes late reads all there is.
    @Benchmark
    @OperationsPerInvocation(BACKLOG)
    public long catchUp(Whole whole) {
        try (Cursor cursor = whole.log.cursorAfter(0)) {
            while (!cursor.finished()) {
                write(cursor);
            }
            return cursor.position();
        }
    }

    /// Readers are woken for each event. Tells deliveries.
    @Benchmark
    @OperationsPerInvocation(READERS)
    public long live(Live live) throws InterruptedException {
        long seq = live.log.append("delta", Appends.DATA);
        if (!live.delivered.tryAcquire(READERS, 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not every reader has event " + seq);
        }
        return seq;
    }

    /// Writes what is there as a stream's handler does, and returns how many events that were.
    private static int write(Cursor cursor) {
        Batch batch = cursor.read(BATCH_BYTES);
        List<byte[]> frames = batch.entries().stream()
                .filter(entry -> !entry.type().isEmpty())
                .map(LogEntry::frame)
                .toList();
        try (OutputStream out = OutputStream.nullOutputStream()) {
            for (byte[] frame : frames) {
                out.write(frame);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames.size();
    }
}
