package dev.sluice.service.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Wakes the readers of logs, or hands them their events, off the publisher's thread, so that an append
/// costs the same whether nobody reads or thousands do.
///
/// Each log spreads its readers over one set per [Waker]; one waker serves the same set of every log. A
/// thread of its own watches that no reader keeps a waker, and so all others, waiting.
///
/// Thread-safe.
public final class Wakeups implements AutoCloseable {
    /// How often it is looked whether a reader keeps others waiting, while anything is handed over.
    private static final long LOOK_NANOS = 2_000_000;

    private static final long LONGEST_TICK_NANOS = 2_000_000_000;
    /// So many times in the shortest silence it is looked which silences last too long.
    private static final int TICKS = 8;

    private final Waker[] wakers;
    private final Thread watch = Thread.ofPlatform().daemon().name("log-watch").unstarted(this::watch);
    private final AtomicLong tickNanos = new AtomicLong(LONGEST_TICK_NANOS);
    private volatile boolean dozing;
    private volatile boolean closed;

    private Wakeups(int wakers) {
        this.wakers = new Waker[wakers];
        Arrays.setAll(this.wakers, i -> new Waker("log-wakeup-" + i, this::stayAwake));
    }

    /// Starts one waker per processor, two at most.
    public static Wakeups start() {
        var wakeups = new Wakeups(Math.min(2, Runtime.getRuntime().availableProcessors()));
        for (Waker waker : wakeups.wakers) {
            waker.start();
        }
        wakeups.watch.start();
        return wakeups;
    }

    /// Stops waking, once what was signalled before is done; readers that wait on see new events only at
    /// their own time-outs, and those whose events were handed over none.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LockSupport.unpark(watch);
            for (Waker waker : wakers) {
                waker.stop();
            }
        }
    }

    ReaderShard[] newShards() {
        return Arrays.stream(wakers).map(ReaderShard::new).toArray(ReaderShard[]::new);
    }

    /// Asks for the readers of these shards to be woken; returns at once.
    static void signal(ReaderShard[] shards) {
        for (ReaderShard shard : shards) {
            shard.signal();
        }
    }

    /// Sees to it that silences of this length are broken in time.
    void mindSilence(long nanos) {
        long tick = Math.max(TimeUnit.MILLISECONDS.toNanos(1), nanos / TICKS);
        if (tick < tickNanos.getAndAccumulate(tick, Math::min)) {
            LockSupport.unpark(watch);
        }
    }

    /// Returns the threads that work for it at present.
    List<Thread> threads() {
        var threads = new ArrayList<>(List.of(watch));
        for (Waker waker : wakers) {
            threads.add(waker.thread());
        }
        return threads;
    }

    private void stayAwake() {
        if (dozing) {
            LockSupport.unpark(watch);
        }
    }

    private void watch() {
        long ticked = System.nanoTime();
        while (!closed) {
            long now = System.nanoTime();
            long tick = tickNanos.get();
            if (now - ticked >= tick) {
                ticked = now;
                for (Waker waker : wakers) {
                    waker.breakSilences(now + tick + LOOK_NANOS);
                }
            }
            dozing = true; // before looking: a waker that begins after the look ends the doze
            boolean working = false;
            for (Waker waker : wakers) {
                working |= waker.relieve(now);
            }
            if (working) {
                dozing = false;
            }
            LockSupport.parkNanos(this, working ? LOOK_NANOS : tick - (now - ticked));
            dozing = false;
        }
    }
}
