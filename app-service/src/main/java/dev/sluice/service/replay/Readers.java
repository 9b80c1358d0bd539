package dev.sluice.service.replay;

import java.util.concurrent.atomic.AtomicInteger;

/// The open cursors of one log, spread over one shard for each waker. Thread-safe.
final class Readers {
    private final Wakeups wakeups;
    private final ReaderShard[] shards;
    private final AtomicInteger next = new AtomicInteger();

    Readers(Wakeups wakeups) {
        this.wakeups = wakeups;
        this.shards = wakeups.newShards();
    }

    /// Opens a cursor that reads what comes after event `seq`.
    Cursor open(EventLog log, long seq) {
        ReaderShard shard = shards[Math.floorMod(next.getAndIncrement(), shards.length)];
        var cursor = new Cursor(log, shard, wakeups, seq);
        shard.add(cursor);
        return cursor;
    }

    int count() {
        int sum = 0;
        for (ReaderShard shard : shards) {
            sum += shard.size();
        }
        return sum;
    }

    /// Has those that wait woken; returns at once.
    void wake() {
        Wakeups.signal(shards);
    }
}
