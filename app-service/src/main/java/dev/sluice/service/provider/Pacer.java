package dev.sluice.service.provider;

import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps the calls to one provider within its limits: so many per second, so many in the air, fair between orgs.
///
/// A caller waits on its own latch and is woken only with its slot or its refusal. Both come from a release,
/// from a
/// change of the limits, or from the one alarm set to the next token or the next deadline; nothing polls.
///
/// Thread-safe. Invariant under the lock: nobody waits while both a slot and a token are free.
public final class Pacer {
    private static final Duration LONGEST_ADVICE = Duration.ofSeconds(60);

    private final String provider;
    private final Scheduler scheduler;
    private final long origin;
    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueue<Waiter> queue = new FairQueue<>();
    private final TreeSet<Waiter> byDeadline =
            new TreeSet<>(Comparator.comparingLong((Waiter w) -> w.deadline).thenComparingLong(w -> w.number));
    private final TokenBucket bucket;
    private final AdaptiveLimit limit;

    private PacerLimits limits;
    private Scheduler.@Nullable Alarm alarm;
    private long alarmAt;
    private long arrivals;
    private int inUse;
    private long granted;
    private long timedOut;
    private long refused;

    /// Creates a pacer with all slots and tokens free.
    ///
    /// @param provider named in refusals
    public Pacer(String provider, PacerLimits limits, Scheduler scheduler) {
        this.provider = provider;
        this.limits = limits;
        this.scheduler = scheduler;
        this.origin = scheduler.nanoTime();
        this.bucket = new TokenBucket(limits.requestsPerSecond(), limits.burst(), 0);
        this.limit = new AdaptiveLimit(limits.concurrency());
    }

    /// Waits for the right to make one call.
    ///
    /// @param org whose turn it uses
    /// @throws ProviderException QUEUE_FULL at once, QUEUE_TIMEOUT after the limits' time; both with a Retry-After
    /// @throws InterruptedException if interrupted while waiting; nothing is held then
    public Slot acquire(String org) throws ProviderException, InterruptedException {
        Waiter waiter;
        lock.lockInterruptibly();
        try {
            waiter = enter(org);
        } finally {
            lock.unlock();
        }
        try {
            waiter.decided.await();
        } catch (InterruptedException e) {
            abandon(waiter);
            throw e;
        }
        if (waiter.refusal != null) {
            throw waiter.refusal;
        }
        return waiter;
    }

    /// Replaces the limits for all decisions from now on; held slots stay held, waiters keep their deadlines.
    public void limits(PacerLimits newLimits) {
        lock.lock();
        try {
            limits = newLimits;
            bucket.resize(newLimits.requestsPerSecond(), newLimits.burst(), now());
            limit.resize(newLimits.concurrency());
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the limits in force.
    public PacerLimits limits() {
        lock.lock();
        try {
            return limits;
        } finally {
            lock.unlock();
        }
    }

    /// Returns one consistent reading.
    public PacerStats stats() {
        lock.lock();
        try {
            return new PacerStats(inUse, limit.value(), queue.size(), granted, timedOut, refused);
        } finally {
            lock.unlock();
        }
    }

    private Waiter enter(String org) {
        long now = now();
        var waiter =
                new Waiter(org, arrivals++, now, now + limits.queueTimeout().toNanos());
        boolean atOnce = queue.isEmpty() && inUse < limit.value() && bucket.nanosToNext(now) <= 0;
        if (atOnce) {
            grant(waiter, now);
        } else if (limits.queueTimeout().isZero()) {
            timeOut(waiter);
        } else if (queue.size() >= limits.maxQueued()) {
            refused++;
            waiter.refuse(refusal(Kind.QUEUE_FULL, "too many requests wait for " + provider + " already"));
        } else {
            queue.add(org, waiter);
            byDeadline.add(waiter);
            setAlarm(now);
        }
        return waiter;
    }

    private void grant(Waiter waiter, long now) {
        bucket.take(now);
        inUse++;
        granted++;
        waiter.grant(now, limit.generation());
    }

    private void timeOut(Waiter waiter) {
        timedOut++;
        waiter.refuse(refusal(
                Kind.QUEUE_TIMEOUT,
                "no slot for " + provider + " within " + limits.queueTimeout().toMillis() + " ms"));
    }

    private ProviderException refusal(Kind kind, String message) {
        long nanos = Math.max(bucket.nanosToNext(now()), bucket.nanosFor(queue.size()));
        var advice = Duration.ofSeconds(Math.max(1, Math.ceilDiv(nanos, 1_000_000_000L)));
        return new ProviderException(kind, message)
                .withRetryAfter(advice.compareTo(LONGEST_ADVICE) > 0 ? LONGEST_ADVICE : advice);
    }

    /// Gives out what is free, in turn, and sets the alarm for what comes next.
    private void dispatch() {
        long now = now();
        while (!byDeadline.isEmpty() && byDeadline.first().deadline <= now) {
            Waiter late = byDeadline.pollFirst();
            queue.remove(late.org, late);
            timeOut(late);
        }
        while (!queue.isEmpty() && inUse < limit.value() && bucket.nanosToNext(now) <= 0) {
            Waiter next = queue.poll();
            byDeadline.remove(next);
            grant(next, now);
        }
        setAlarm(now);
    }

    private void setAlarm(long now) {
        if (queue.isEmpty()) {
            cancelAlarm();
            return;
        }
        long at = byDeadline.first().deadline;
        if (inUse < limit.value()) {
            at = Math.min(at, now + Math.max(0, bucket.nanosToNext(now)));
        }
        if (alarm == null || alarmAt != at) {
            cancelAlarm();
            alarmAt = at;
            alarm = scheduler.schedule(at - now, this::ring);
        }
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void ring() {
        lock.lock();
        try {
            cancelAlarm();
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    private void abandon(Waiter waiter) {
        lock.lock();
        try {
            if (waiter.decided.getCount() > 0) {
                queue.remove(waiter.org, waiter);
                byDeadline.remove(waiter);
            } else if (waiter.refusal == null) {
                granted--;
                bucket.putBack();
                waiter.release();
            }
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return scheduler.nanoTime() - origin;
    }

    /// One call, from its arrival to the end of its slot; its fields are written under the lock, before `decided`.
    private final class Waiter implements Slot {
        private final String org;
        private final long number;
        private final long arrivedAt;
        private final long deadline;
        private final CountDownLatch decided = new CountDownLatch(1);
        private @Nullable ProviderException refusal;
        private long waited;
        private long generation;
        private boolean told;
        private boolean released;

        Waiter(String org, long number, long arrivedAt, long deadline) {
            this.org = org;
            this.number = number;
            this.arrivedAt = arrivedAt;
            this.deadline = deadline;
        }

        void grant(long now, long limitGeneration) {
            waited = now - arrivedAt;
            generation = limitGeneration;
            decided.countDown();
        }

        void refuse(ProviderException why) {
            refusal = why;
            decided.countDown();
        }

        void release() {
            if (!released) {
                released = true;
                inUse--;
            }
        }

        @Override
        public Duration queueWait() {
            return Duration.ofNanos(waited);
        }

        @Override
        public void succeeded() {
            tell(limit::success);
        }

        @Override
        public void failed(Kind kind) {
            boolean struggles = kind == Kind.RATE_LIMITED || kind == Kind.SERVER;
            tell(struggles ? () -> limit.struggle(generation) : () -> {});
        }

        @Override
        public void close() {
            lock.lock();
            try {
                release();
                dispatch();
            } finally {
                lock.unlock();
            }
        }

        private void tell(Runnable outcome) {
            lock.lock();
            try {
                if (!told) {
                    told = true;
                    outcome.run();
                    dispatch();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
