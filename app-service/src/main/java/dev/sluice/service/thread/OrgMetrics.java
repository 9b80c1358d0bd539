package dev.sluice.service.thread;

import dev.sluice.model.ops.CoalesceTotals;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.provider.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// Counters since start and the latest samples, of one tenant or of all. Thread-safe.
final class OrgMetrics {
    /// The most samples kept, and the largest `last_n`.
    static final int MAX_SAMPLES = 10_000;

    final LongAdder requests = new LongAdder();
    final LongAdder leaders = new LongAdder();
    final LongAdder followers = new LongAdder();
    final LongAdder reused = new LongAdder();
    final LongAdder bypassed = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder providerCalls = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder streamed = new LongAdder();
    final LongAdder promptTokens = new LongAdder();
    final LongAdder completionTokens = new LongAdder();
    final LongAdder totalTokens = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<RequestSample> samples = new ArrayDeque<>();
    private final Deque<Double> queueWaitsMs = new ArrayDeque<>();

    void joined(Role role) {
        requests.increment();
        switch (role) {
            case LEADER -> leaders.increment();
            case FOLLOWER -> followers.increment();
            case REUSED -> {
                followers.increment();
                reused.increment();
            }
            case BYPASS -> bypassed.increment();
        }
    }

    /// A follower got another role.
    void moved(Role role) {
        switch (role) {
            case FOLLOWER -> {}
            case REUSED -> reused.increment();
            case LEADER -> {
                leaders.increment();
                followers.decrement();
            }
            case BYPASS -> throw new IllegalArgumentException("a follower never comes to fly alone");
        }
    }

    void rejected() {
        requests.increment();
        rejected.increment();
    }

    void finished(RequestSample sample) {
        if (sample.failed()) {
            errors.increment();
        }
        if (sample.view().streamed()) {
            streamed.increment();
        }
        lock.lock();
        try {
            push(samples, sample);
        } finally {
            lock.unlock();
        }
    }

    void queued(Duration wait) {
        lock.lock();
        try {
            push(queueWaitsMs, wait.toNanos() / 1e6);
        } finally {
            lock.unlock();
        }
    }

    void used(Usage usage) {
        promptTokens.add(usage.promptTokens());
        completionTokens.add(usage.completionTokens());
        totalTokens.add(usage.totalTokens());
    }

    /// Returns the newest samples, newest first.
    List<RequestSample> newest(int n) {
        return newest(samples, n);
    }

    /// Returns the newest waits for a slot in milliseconds, newest first.
    List<Double> newestQueueWaitsMs(int n) {
        return newest(queueWaitsMs, n);
    }

    CoalesceTotals totals() {
        long led = leaders.sum();
        long followed = followers.sum();
        double ratio = led + followed == 0 ? 0 : (double) followed / (led + followed);
        return new CoalesceTotals(
                requests.sum(),
                led,
                followed,
                reused.sum(),
                bypassed.sum(),
                rejected.sum(),
                ratio,
                providerCalls.sum(),
                followed);
    }

    private <T> List<T> newest(Deque<T> deque, int n) {
        lock.lock();
        try {
            var result = new ArrayList<T>(Math.min(n, deque.size()));
            Iterator<T> newestFirst = deque.descendingIterator();
            while (newestFirst.hasNext() && result.size() < n) {
                result.add(newestFirst.next());
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    private static <T> void push(Deque<T> deque, T value) {
        deque.addLast(value);
        if (deque.size() > MAX_SAMPLES) {
            deque.removeFirst();
        }
    }
}
