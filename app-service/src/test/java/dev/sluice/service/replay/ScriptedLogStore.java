package dev.sluice.service.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A store whose commits the test lets through, one by one or all.
final class ScriptedLogStore implements LogStore {
    private final Map<String, List<LogEntry>> logs = new HashMap<>();
    private final BlockingQueue<Commit> arrived = new LinkedBlockingQueue<>();
    private boolean holding;
    private boolean sick;
    private boolean broken;

    /// The logs given up.
    final List<String> abandoned = new CopyOnWriteArrayList<>();

    /// Makes later commits wait for the test.
    synchronized void hold() {
        holding = true;
    }

    /// Makes later commits fail, or no longer.
    synchronized void sick(boolean now) {
        sick = now;
    }

    /// Makes later commits throw instead of failing, or no longer.
    synchronized void broken(boolean now) {
        broken = now;
    }

    @Override
    public synchronized CompletableFuture<?> append(List<Chunk> chunks) {
        if (broken) {
            throw new IllegalStateException("the store is broken");
        }
        var commit = new Commit(this, List.copyOf(chunks), new CompletableFuture<>());
        if (sick) {
            commit.done.completeExceptionally(new IllegalStateException("the disk is full"));
        } else if (!holding) {
            commit.land();
        }
        arrived.add(commit);
        return commit.done;
    }

    @Override
    public void abandoned(String log) {
        abandoned.add(log);
    }

    @Override
    public synchronized List<LogEntry> read(String log, String epoch, long after, int maxBytes) {
        var found = new ArrayList<LogEntry>();
        long bytes = 0;
        for (LogEntry entry : logs.getOrDefault(log, List.of())) {
            if (entry.seq() > after) {
                bytes += entry.frame().length;
                if (bytes > maxBytes && !found.isEmpty()) {
                    break;
                }
                found.add(entry);
            }
        }
        return found;
    }

    /// Forgets the oldest events of a log.
    synchronized void dropBefore(String log, long seq) {
        logs.getOrDefault(log, List.of()).removeIf(entry -> entry.seq() < seq);
    }

    /// Waits for the next commit.
    Commit next() throws InterruptedException {
        Commit commit = arrived.poll(Patience.FOREVER.toMillis(), TimeUnit.MILLISECONDS);
        if (commit == null) {
            throw new AssertionError("no commit came");
        }
        return commit;
    }

    private synchronized void take(List<Chunk> chunks) {
        for (Chunk chunk : chunks) {
            var log = logs.computeIfAbsent(chunk.log(), id -> new ArrayList<>());
            long expected = log.isEmpty() ? 1 : log.getLast().seq() + 1;
            if (chunk.entries().getFirst().seq() != expected) {
                throw new AssertionError(chunk.log() + ": expected " + expected + ", got " + chunk.entries());
            }
            log.addAll(chunk.entries());
        }
    }

    record Commit(ScriptedLogStore store, List<Chunk> chunks, CompletableFuture<Void> done) {
        void land() {
            store.take(chunks);
            done.complete(null);
        }
    }
}
