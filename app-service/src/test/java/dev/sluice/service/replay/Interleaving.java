package dev.sluice.service.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Runs several tasks one step at a time in an order that a seed decides, so that a bad order can be run again.
///
/// Only one task moves; at each [#step] the seed says which is next. A task must not block between its steps.
final class Interleaving {
    private final Random random;
    private final List<Semaphore> waiting = new ArrayList<>();
    private final Map<Thread, Semaphore> turns = new ConcurrentHashMap<>();

    Interleaving(long seed) {
        random = new Random(seed);
    }

    /// Runs the tasks to their ends.
    void run(List<Runnable> tasks) throws InterruptedException {
        var all = new ArrayList<Callable<Boolean>>();
        for (Runnable task : tasks) {
            var turn = new Semaphore(0);
            waiting.add(turn);
            all.add(() -> {
                turns.put(Thread.currentThread(), turn);
                turn.acquire();
                try {
                    task.run();
                } finally {
                    waiting.remove(turn);
                    passOn();
                }
                return true;
            });
        }
        passOn();
        Together.run(all);
    }

    /// Lets the seed decide who moves next; does nothing outside [#run].
    void step() {
        Semaphore turn = turns.get(Thread.currentThread());
        if (turn != null) {
            passOn();
            turn.acquireUninterruptibly();
        }
    }

    private void passOn() {
        if (!waiting.isEmpty()) {
            waiting.get(random.nextInt(waiting.size())).release();
        }
    }
}
