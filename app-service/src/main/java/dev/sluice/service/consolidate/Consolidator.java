package dev.sluice.service.consolidate;

import dev.sluice.service.consolidate.Line.Due;
import dev.sluice.service.consolidate.Processor.Disposition;
import dev.sluice.service.consolidate.WindowStore.Redating;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Waits for the deadlines of durable windows, closes them, and has them processed: windows of one key in
/// order and one at a time, those of others beside each other, never more at once than allowed.
///
/// The truth is in the [WindowStore]: whoever changes a window there tells [#changed] afterwards, in any
/// order and as often as it likes. What is told late or twice changes nothing, what is never told is
/// found at the next start. The engine sleeps until the next deadline; it never polls. Thread-safe.
public final class Consolidator implements AutoCloseable {
    /// So many windows are closed in one transaction.
    static final int CHUNK = 250;

    private static final int PAGE = 2_000;
    private static final Duration SICK_PAUSE = Duration.ofSeconds(1);

    private final WindowStore store;
    private final BooleanSupplier paused;
    private final SteadyTime time;
    private final Turns turns;
    private final Retiming retiming;
    private final SteadyTime.Alarm alarm;
    private final int concurrency;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rested = lock.newCondition();
    private final Map<String, Line> lines = new HashMap<>();
    private final DeadlineHeap deadlines = new DeadlineHeap();
    private final Deque<Line> ready = new ArrayDeque<>();
    private final PriorityQueue<Postponed> postponed = new PriorityQueue<>(Comparator.comparing(Postponed::until));
    private final Lateness lateness = new Lateness();
    private Instant notBefore = Instant.MIN;
    private int running;
    private long closed;
    private long processed;
    private long storeFailures;
    private long changes;
    private boolean stopped;

    /// @param paused whether nothing is to be closed or begun now; [#reconsider] is to be called when
    ///     that changes
    /// @param concurrency how many windows are in process at once, at most
    /// @param executor runs the processing, each window's as one task that waits a lot; never on the
    ///     caller's thread
    public Consolidator(
            WindowStore store,
            Processor processor,
            BooleanSupplier paused,
            SteadyTime time,
            int concurrency,
            Executor executor) {
        this.store = store;
        this.paused = paused;
        this.time = time;
        this.concurrency = concurrency;
        this.retiming = new Retiming(store, time, this::changed);
        this.turns = new Turns(store, processor, time, executor);
        this.alarm = time.alarm(this::ring);
        this.changes = time.now().toEpochMilli(); // never a number of an earlier process
    }

    /// Takes up what an earlier process left: windows whose deadline passed meanwhile are due now, and
    /// none waits longer than its length, whatever was done to the wall clock.
    public void start() {
        retiming.unheard(new Redating.WithinLength());
        String after = null;
        List<WindowHead> page;
        do {
            page = store.unfinished(after, PAGE);
            known(page);
            after = page.isEmpty() ? null : page.getLast().id();
        } while (page.size() == PAGE);
        // not before all are known: a key's windows may be on several pages, in any order
        changed(List.of());
    }

    private void known(List<WindowHead> heads) {
        lock.lock();
        try {
            heads.forEach(this::take);
        } finally {
            lock.unlock();
        }
    }

    /// Hears how windows are after a commit.
    public void changed(List<WindowHead> heads) {
        lock.lock();
        try {
            heads.forEach(this::take);
            proceed();
        } finally {
            lock.unlock();
        }
    }

    /// Looks again at what was paused or postponed: what it waited for may have changed.
    public void reconsider() {
        lock.lock();
        try {
            while (!postponed.isEmpty()) {
                takeUp(postponed.remove().line());
            }
            proceed();
        } finally {
            lock.unlock();
        }
    }

    /// Looks again at what was postponed of one key.
    public void reconsider(String key) {
        lock.lock();
        try {
            Line line = lines.get(key);
            if (line != null && postponed.removeIf(each -> each.line() == line)) {
                takeUp(line);
            }
            proceed();
        } finally {
            lock.unlock();
        }
    }

    /// Gives all open windows other deadlines, in small steps; those that are due then drain at the usual
    /// pace.
    ///
    /// @return how many have another deadline now
    public int redate(Redating how) {
        return retiming.run(how);
    }

    /// Tells what is in hand and what was done.
    public ConsolidatorStats stats() {
        lock.lock();
        try {
            Line first = deadlines.first();
            return new ConsolidatorStats(
                    deadlines.size(),
                    lines.size(),
                    ready.size(),
                    postponed.size(),
                    running,
                    first == null ? null : Instant.ofEpochMilli(first.deadlineMillis),
                    closed,
                    processed,
                    turns.failures(),
                    turns.quarantined(),
                    storeFailures,
                    Duration.ofMillis(lateness.p99()),
                    Duration.ofMillis(lateness.worst()));
        } finally {
            lock.unlock();
        }
    }

    /// Returns a number that changes whenever any window did.
    public long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /// Begins nothing more and waits until nothing is in process.
    ///
    /// @return whether all of it came to its end in time
    public boolean windDown(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            stopped = true;
            long left = patience.toNanos();
            while (running > 0 && left > 0) {
                left = rested.awaitNanos(left);
            }
            return running == 0;
        } finally {
            lock.unlock();
        }
    }

    /// Stops at once; what is in process loses its thread's patience by an interrupt.
    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
        alarm.close();
        turns.interrupt();
    }

    private void take(WindowHead head) {
        Line line = lines.computeIfAbsent(head.key(), Line::new);
        switch (head.state()) {
            case OPEN, HELD -> gathers(line, head);
            case CLOSED, CLAIMED -> {
                gathersNoMore(line, head);
                line.close(new Due(head.id(), head.number()));
                enqueue(line);
            }
            case DONE, QUARANTINED, DROPPED -> {
                gathersNoMore(line, head);
                if (!line.busy) {
                    line.over(head.id());
                }
            }
        }
        forgetIfIdle(line);
    }

    private void gathers(Line line, WindowHead head) {
        boolean late = line.open != null && line.openNumber > head.number();
        if (late) {
            return; // heard after its successor: it has closed since
        }
        line.opened(head);
        if (head.state() == WindowState.OPEN) {
            deadlines.put(line);
        } else {
            deadlines.remove(line);
        }
    }

    private void gathersNoMore(Line line, WindowHead head) {
        if (head.id().equals(line.open)) {
            deadlines.remove(line);
            line.open = null;
        }
    }

    private void forgetIfIdle(Line line) {
        if (line.idle()) {
            lines.remove(line.key);
        }
    }

    private void enqueue(Line line) {
        if (!line.queued && !line.busy && line.firstDue() != null) {
            line.queued = true;
            ready.addLast(line);
        }
    }

    private void takeUp(Line putOff) {
        putOff.queued = false;
        enqueue(putOff);
    }

    /// Begins what may begin and sets the alarm; after every change.
    private void proceed() {
        changes++;
        if (stopped) {
            return;
        }
        if (!paused.getAsBoolean()) {
            while (running < concurrency && !ready.isEmpty()) {
                begin(ready.removeFirst());
            }
        }
        setAlarm();
    }

    private void begin(Line line) {
        line.queued = false;
        Due window = line.firstDue();
        if (window == null) {
            forgetIfIdle(line);
            return;
        }
        line.busy = true;
        running++;
        turns.begin(window.id(), disposition -> ended(line, window, disposition));
    }

    private void ended(Line line, Due window, Disposition disposition) {
        lock.lock();
        try {
            running--;
            line.busy = false;
            switch (disposition) {
                case Disposition.Done _ -> {
                    processed++;
                    line.over(window.id());
                    enqueue(line);
                    forgetIfIdle(line);
                }
                case Disposition.Postponed(Instant until) -> {
                    line.queued = true;
                    postponed.add(new Postponed(line, until));
                }
            }
            proceed();
            if (running == 0) {
                rested.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void setAlarm() {
        Instant next = null;
        Line first = deadlines.first();
        if (first != null && !paused.getAsBoolean()) {
            next = Instant.ofEpochMilli(first.deadlineMillis);
            next = next.isBefore(notBefore) ? notBefore : next;
        }
        Postponed soonest = postponed.peek();
        if (soonest != null && (next == null || soonest.until().isBefore(next))) {
            next = soonest.until();
        }
        if (next == null) {
            alarm.unset();
        } else {
            alarm.set(next);
        }
    }

    /// The alarm's thread: closes what is due, chunk by chunk, and takes up what was put off.
    private void ring() {
        while (true) {
            List<Line> due = due();
            if (due.isEmpty()) {
                return;
            }
            close(due);
        }
    }

    private List<Line> due() {
        lock.lock();
        try {
            Instant now = time.now();
            for (Postponed soonest = postponed.peek();
                    soonest != null && !soonest.until().isAfter(now);
                    soonest = postponed.peek()) {
                postponed.remove();
                takeUp(soonest.line());
            }
            var due = new ArrayList<Line>();
            if (!stopped && !paused.getAsBoolean() && !now.isBefore(notBefore)) {
                long millis = now.toEpochMilli();
                for (Line first = deadlines.first();
                        first != null && first.deadlineMillis <= millis && due.size() < CHUNK;
                        first = deadlines.first()) {
                    deadlines.remove(first);
                    due.add(first);
                }
            }
            if (due.isEmpty()) {
                proceed();
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    private void close(List<Line> due) {
        Instant now = time.now();
        List<String> ids = ids(due);
        try {
            List<WindowHead> heads = store.close(ids, now);
            lock.lock();
            try {
                notBefore = Instant.MIN;
                for (WindowHead head : heads) {
                    if (head.state() == WindowState.CLOSED) {
                        closed++;
                        lateness.record(now.toEpochMilli() - head.deadline().toEpochMilli());
                    }
                }
                changed(heads);
            } finally {
                lock.unlock();
            }
        } catch (RuntimeException sick) {
            putBack(due, sick);
        }
    }

    private List<String> ids(List<Line> due) {
        lock.lock();
        try {
            var ids = new ArrayList<String>(due.size());
            for (Line line : due) {
                if (line.open != null) {
                    ids.add(line.open);
                }
            }
            return ids;
        } finally {
            lock.unlock();
        }
    }

    private void putBack(List<Line> due, RuntimeException sick) {
        turns.storeFailed("close", sick);
        lock.lock();
        try {
            storeFailures++;
            notBefore = time.now().plus(SICK_PAUSE);
            for (Line line : due) {
                if (line.open != null) {
                    deadlines.put(line);
                }
            }
            setAlarm();
        } finally {
            lock.unlock();
        }
    }

    /// A line that is not asked before that time.
    private record Postponed(Line line, Instant until) {}
}
