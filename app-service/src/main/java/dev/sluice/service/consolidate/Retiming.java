package dev.sluice.service.consolidate;

import dev.sluice.service.consolidate.WindowStore.Redating;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Gives all open windows other deadlines, step by step, so that nobody who stores a text waits long.
///
/// Thread-safe; two that run at once go one after the other: else what the first had read could be heard
/// after what the second did.
final class Retiming {
    /// So many windows get another deadline in one step, at most; a store that is slow does fewer.
    private static final int STEP = 4_000;

    private final WindowStore store;
    private final SteadyTime time;
    private final Consumer<List<WindowHead>> engine;
    private final ReentrantLock lock = new ReentrantLock();

    /// @param engine hears how the windows are afterwards
    Retiming(WindowStore store, SteadyTime time, Consumer<List<WindowHead>> engine) {
        this.store = store;
        this.time = time;
        this.engine = engine;
    }

    /// Changes the store alone, before the engine knows of any window.
    void unheard(Redating how) {
        String after = null;
        do {
            after = store.redate(after, STEP, how, time.now()).last();
        } while (after != null);
    }

    /// Changes the store and tells the engine.
    ///
    /// @return how many windows have another deadline now
    int run(Redating how) {
        lock.lock();
        try {
            int changed = 0;
            String after = null;
            var heard = CompletableFuture.allOf();
            do {
                String from = after;
                var step = store.redate(from, STEP, how, time.now());
                join(heard);
                // beside the next step; also what did not change, lest what an earlier call could not read stays
                // unheard
                heard = CompletableFuture.runAsync(
                        () -> engine.accept(store.open(from, step.last())), Thread::startVirtualThread);
                changed += step.changed();
                after = step.last();
            } while (after != null);
            join(heard);
            return changed;
        } finally {
            lock.unlock();
        }
    }

    private static void join(CompletableFuture<?> heard) {
        try {
            heard.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException sick ? sick : failed;
        }
    }
}
