package dev.sluice.service.consolidate;

import dev.sluice.service.consolidate.Processor.Disposition;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Processes single windows, each as a task of its own, and finds out what a failure means. Thread-safe.
final class Turns {
    private static final System.Logger LOG = System.getLogger(Turns.class.getName());
    private static final int MAX_FAILURES = 3;
    /// A window that was in process when the process died so often probably killed it.
    private static final int MAX_CLAIMS = 20;
    private static final Duration SICK_PAUSE = Duration.ofSeconds(1);

    private final WindowStore store;
    private final Processor processor;
    private final SteadyTime time;
    private final Executor executor;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    /// Windows that this process took and put off.
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final LongAdder failures = new LongAdder();
    private final LongAdder quarantined = new LongAdder();

    Turns(WindowStore store, Processor processor, SteadyTime time, Executor executor) {
        this.store = store;
        this.processor = processor;
        this.time = time;
        this.executor = executor;
    }

    /// Processes a window; `then` is called exactly once, by the task.
    void begin(String id, Consumer<Disposition> then) {
        executor.execute(() -> {
            Disposition disposition = later(SICK_PAUSE);
            threads.add(Thread.currentThread());
            try {
                disposition = process(id);
            } catch (RuntimeException sick) {
                storeFailed("claim", sick);
            } finally {
                threads.remove(Thread.currentThread());
                then.accept(disposition);
            }
        });
    }

    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    long failures() {
        return failures.sum();
    }

    long quarantined() {
        return quarantined.sum();
    }

    void storeFailed(String what, RuntimeException sick) {
        LOG.log(Level.WARNING, "event=window_store_failed step=" + what + " again_in=" + SICK_PAUSE, sick);
    }

    private Disposition process(String id) {
        Optional<WindowStore.Claim> claim = store.claim(id, taken.contains(id), time.now());
        if (claim.isEmpty()) {
            return new Disposition.Done(); // somebody dropped it, or had it processed
        }
        if (claim.get().claims() > MAX_CLAIMS) {
            return quarantine(id, "taken " + MAX_CLAIMS + " times and never finished");
        }
        try {
            Disposition disposition = processor.process(claim.get());
            if (disposition instanceof Disposition.Postponed) {
                taken.add(id);
            } else {
                taken.remove(id);
            }
            return disposition;
        } catch (InterruptedException stopping) {
            return later(SICK_PAUSE);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError failed) {
            return failed(id, failed);
        }
    }

    private Disposition failed(String id, Throwable failure) {
        LOG.log(Level.ERROR, "event=window_failed window=" + id, failure);
        failures.increment();
        taken.remove(id);
        String why = String.valueOf(failure.getMessage());
        int times = store.failed(id, why, time.now());
        return times < MAX_FAILURES
                ? later(Duration.ofSeconds(1L << (2 * times - 2)))
                : quarantine(id, "failed " + times + " times, at last: " + why);
    }

    private Disposition quarantine(String id, String why) {
        store.quarantine(id, why, time.now());
        quarantined.increment();
        return new Disposition.Done();
    }

    private Disposition later(Duration pause) {
        return new Disposition.Postponed(time.now().plus(pause));
    }
}
