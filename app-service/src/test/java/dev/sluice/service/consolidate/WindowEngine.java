package dev.sluice.service.consolidate;

import dev.sluice.service.consolidate.MemoryWindowStore.Stored;
import dev.sluice.service.consolidate.Processor.Disposition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An engine whose time, tasks and crashes a test decides; all on the test's thread.
final class WindowEngine {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final VirtualTime time;
    final MemoryWindowStore store;
    final Consolidator engine;
    /// What was processed to its end, in order.
    final List<Batch> batches;
    /// What processing does next; by default it succeeds.
    final Deque<Step> script = new ArrayDeque<>();

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Set<String> inProcess = new HashSet<>();
    private boolean paused;

    WindowEngine() {
        this(new MemoryWindowStore(), START, new ArrayList<>(), 4);
    }

    WindowEngine(MemoryWindowStore store, Instant start, List<Batch> batches, int concurrency) {
        this.store = store;
        this.batches = batches;
        this.time = new VirtualTime(start);
        this.engine = new Consolidator(store, this::process, () -> paused, time, concurrency, tasks::add);
        engine.start();
    }

    /// Lets an item arrive and the engine hear of it.
    void arrive(String key, int item, WindowRules rules) {
        engine.changed(store.arrive(key, item, 10, Urgency.NONE, time.now(), rules));
    }

    /// Moves time on, running what is to be run whenever an alarm rang.
    void advance(Duration by) {
        Instant end = time.now().plus(by);
        run();
        for (Instant next = time.nextAlarm(); !next.isAfter(end); next = time.nextAlarm()) {
            Duration step = Duration.between(time.now(), next);
            time.advance(step.isNegative() ? Duration.ZERO : step);
            run();
        }
        time.advance(Duration.between(time.now(), end));
        run();
    }

    /// Runs what was begun, and what that begins.
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /// Runs one task, if there is one.
    boolean runOne() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    int begun() {
        return tasks.size();
    }

    void pause(boolean pause) {
        paused = pause;
        engine.reconsider();
    }

    /// Dies without a word; another one starts over the same store at that time.
    WindowEngine crash(Instant wall) {
        engine.close();
        return new WindowEngine(store, wall, batches, 4);
    }

    private Disposition process(WindowStore.Claim claim) {
        String key = claim.window().key();
        if (!inProcess.add(key)) {
            throw new AssertionError("two windows of " + key + " in process");
        }
        try {
            Step step = script.isEmpty() ? new Step.Succeed() : script.remove();
            return switch (step) {
                case Step.Succeed() -> done(store.get(claim.window().id()));
                case Step.Fail(String why) -> throw new IllegalStateException(why);
                case Step.PutOff(Duration by) ->
                    new Disposition.Postponed(time.now().plus(by));
                case Step.Meanwhile(Runnable what) -> {
                    what.run();
                    yield done(store.get(claim.window().id()));
                }
            };
        } finally {
            inProcess.remove(key);
        }
    }

    private Disposition done(Stored stored) {
        batches.add(new Batch(stored.key, stored.number, List.copyOf(stored.items), time.now()));
        store.done(stored.id);
        return new Disposition.Done();
    }

    /// What was processed, and when.
    record Batch(String key, int number, List<Integer> items, Instant at) {}

    /// What processing does.
    sealed interface Step {
        record Succeed() implements Step {}

        record Fail(String why) implements Step {}

        record PutOff(Duration by) implements Step {}

        record Meanwhile(Runnable what) implements Step {}
    }
}
