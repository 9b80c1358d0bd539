package dev.sluice.service.replay;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Does in turn what is asked for the readers of some shards: one virtual thread, and another in its
/// place while a client does not read what it is handed.
///
/// Thread-safe.
final class Waker {
    /// How long one reader may keep the others waiting.
    private static final long PATIENCE_NANOS = 5_000_000;

    /// After so many readers others of the processor's threads have their turn.
    private static final int BETWEEN_YIELDS = 32;
    private static final long AT_NOTHING = 0;

    private final String name;
    private final Runnable working;
    private final BlockingQueue<Errand> errands = new LinkedBlockingQueue<>();
    private final Set<ReaderShard> relaying = ConcurrentHashMap.newKeySet();
    private volatile Worker worker;

    /// What a waker is sent to do. It may be broken off and done again from its beginning.
    interface Errand {
        void run(Worker worker);
    }

    /// @param working called before each errand
    Waker(String name, Runnable working) {
        this.name = name;
        this.working = working;
        this.worker = new Worker(null);
    }

    /// Starts its thread; called once.
    void start() {
        worker.start();
    }

    void send(Errand errand) {
        errands.add(errand);
    }

    /// Ends its thread when it has done what it was sent for before.
    void stop() {
        errands.add(Worker::stop);
    }

    /// Notes that some reader of this shard waits for events to be handed over, and must not wait in
    /// silence.
    void relays(ReaderShard shard) {
        relaying.add(shard);
    }

    /// Has the silences broken that would last too long before `next`.
    void breakSilences(long next) {
        relaying.stream().filter(shard -> shard.size() == 0).forEach(this::forget);
        if (!relaying.isEmpty()) {
            send(at -> relaying.forEach(shard -> shard.breakSilences(at, next)));
        }
    }

    private void forget(ReaderShard shard) {
        relaying.remove(shard);
        if (shard.size() > 0) {
            relaying.add(shard); // a reader came meanwhile
        }
    }

    /// Puts another thread in the place of one that a reader keeps waiting.
    ///
    /// @return whether it is at work
    boolean relieve(long now) {
        Worker at = worker;
        long since = at.since;
        if (since != AT_NOTHING && now - since > PATIENCE_NANOS && at.waits()) {
            var next = new Worker(at.errand);
            worker = next;
            next.start();
            return true;
        }
        return at.errand != null;
    }

    /// Returns the thread that does the work at present.
    Thread thread() {
        return worker.thread;
    }

    /// One thread's turn at the work.
    final class Worker implements Runnable {
        private final Thread thread = Thread.ofVirtual().name(name).unstarted(this);
        private final @Nullable Errand first;
        private volatile @Nullable Errand errand;
        private volatile long since = AT_NOTHING;
        private int readers;
        private boolean stopped;

        Worker(@Nullable Errand first) {
            this.first = first;
        }

        private void start() {
            thread.start();
        }

        @Override
        public void run() {
            if (first != null) {
                perform(first);
            }
            try {
                while (!stopped && !relieved()) {
                    perform(errands.take());
                }
            } catch (InterruptedException nobodyDoes) {
                Thread.currentThread().interrupt();
            }
        }

        /// Called before each reader.
        ///
        /// @return false if another thread has taken the work over
        boolean next() {
            readers++;
            if (readers % BETWEEN_YIELDS == 0) {
                since = AT_NOTHING;
                giveWay();
            }
            since = System.nanoTime() | 1; // never AT_NOTHING
            return !relieved();
        }

        /// Virtual threads are not preempted: without this, requests would wait until thousands are served.
        @SuppressWarnings("ThreadPriorityCheck")
        private static void giveWay() {
            Thread.yield();
        }

        /// Tells whether another thread has taken the work over, since a reader took too long.
        boolean relieved() {
            return worker != this;
        }

        /// A thread that has only lost its processor is not waiting for a client.
        private boolean waits() {
            Thread.State state = thread.getState();
            return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
        }

        private void perform(Errand next) {
            errand = next;
            working.run();
            next.run(this);
            since = AT_NOTHING;
            errand = null;
            if (relieved()) {
                send(next); // it may have been broken off
            }
        }

        private void stop() {
            stopped = true;
        }
    }
}
