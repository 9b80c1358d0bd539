package dev.sluice.service.thread;

import dev.sluice.service.coalesce.Clock;
import dev.sluice.service.store.OutcomeUnknownException;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Turns that were answered and paid for but could not be stored: kept in memory, tried again until they
/// are.
///
/// Storing goes by the flight's id, so a try too many stores nothing twice, and no try ever calls a
/// provider. Bounded; what does not fit, and what still waits when the process ends, is lost: its listeners
/// were told `stored=false`. Thread-safe.
public final class UnstoredTurns {
    private static final System.Logger LOG = System.getLogger(UnstoredTurns.class.getName());
    private static final int OVERHEAD_BYTES = 2_000;

    private final Consumer<NewTurn> store;
    private final Clock clock;
    private final Executor background;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<String, Waiting> byFlight = new LinkedHashMap<>();
    private long bytes;
    private Duration backoff;
    private boolean scheduled;
    private long lost;

    /// @param store stores a turn, once however often it is called; throws [StoreUnavailableException] if
    ///     it cannot now
    /// @param background runs tries, which block
    UnstoredTurns(Consumer<NewTurn> store, Clock clock, Executor background, Limits limits) {
        this.store = store;
        this.clock = clock;
        this.background = background;
        this.limits = limits;
        this.backoff = limits.firstBackoff();
    }

    /// Returns how many turns wait.
    public int count() {
        lock.lock();
        try {
            return byFlight.size();
        } finally {
            lock.unlock();
        }
    }

    /// Returns since when the oldest of them waits; empty if none does.
    public Optional<Instant> oldest() {
        lock.lock();
        try {
            return byFlight.isEmpty()
                    ? Optional.empty()
                    : Optional.of(byFlight.firstEntry().getValue().since());
        } finally {
            lock.unlock();
        }
    }

    /// Returns how many turns were given up since start, for want of room or because the store refuses them
    /// for good.
    public long lost() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a turn in, unless there is no room for it.
    void add(NewTurn turn, ChatResult told) {
        lock.lock();
        try {
            long size = OVERHEAD_BYTES
                    + 2L * (turn.content().length() + turn.answer().length());
            if (byFlight.size() >= limits.turns() || bytes + size > limits.bytes()) {
                lost++;
                LOG.log(Level.ERROR, "event=turn_lost reason=no_room flight=" + turn.flightId());
                return;
            }
            byFlight.put(turn.flightId(), new Waiting(turn, told, clock.now(), size));
            bytes += size;
            schedule();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the answer given under an idempotency key, if its turn waits here.
    Optional<ChatResult> find(String org, String threadId, String idempotencyKey) {
        lock.lock();
        try {
            return byFlight.values().stream()
                    .filter(waiting -> waiting.answers(org, threadId, idempotencyKey))
                    .map(Waiting::told)
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    /// Drops a deleted thread's turns.
    void deleted(String threadId) {
        lock.lock();
        try {
            byFlight.values().stream()
                    .filter(waiting -> waiting.turn().threadId().equals(threadId))
                    .toList()
                    .forEach(this::remove);
        } finally {
            lock.unlock();
        }
    }

    /// Tries all that wait, once, on the calling thread.
    void attempt() {
        boolean down = false;
        for (Waiting waiting : waiting()) {
            down = !settled(waiting);
            if (down) {
                break; // the store is down for the others too
            }
        }
        lock.lock();
        try {
            Duration longer = backoff.multipliedBy(2);
            Duration next = longer.compareTo(limits.longestBackoff()) > 0 ? limits.longestBackoff() : longer;
            backoff = down ? next : limits.firstBackoff();
            schedule();
        } finally {
            lock.unlock();
        }
    }

    /// Tries one; false if the store is not available.
    private boolean settled(Waiting waiting) {
        String flight = waiting.turn().flightId();
        try {
            store.accept(waiting.turn());
            LOG.log(Level.INFO, "event=turn_stored_late flight=" + flight);
        } catch (StoreUnavailableException | OutcomeUnknownException down) {
            return false;
        } catch (ThreadGoneException deleted) {
            LOG.log(Level.INFO, "event=turn_dropped reason=thread_deleted flight=" + flight);
        } catch (RuntimeException refused) {
            LOG.log(Level.ERROR, "event=turn_lost reason=refused flight=" + flight, refused);
            lock.lock();
            try {
                lost++;
            } finally {
                lock.unlock();
            }
        }
        lock.lock();
        try {
            remove(waiting);
        } finally {
            lock.unlock();
        }
        return true;
    }

    private List<Waiting> waiting() {
        lock.lock();
        try {
            return List.copyOf(byFlight.values());
        } finally {
            lock.unlock();
        }
    }

    /// Called under the lock.
    private void remove(Waiting waiting) {
        if (byFlight.remove(waiting.turn().flightId(), waiting)) {
            bytes -= waiting.bytes();
        }
    }

    /// Called under the lock.
    private void schedule() {
        if (!scheduled && !byFlight.isEmpty()) {
            scheduled = true;
            clock.after(backoff, () -> background.execute(this::wake));
        }
    }

    private void wake() {
        lock.lock();
        try {
            scheduled = false;
        } finally {
            lock.unlock();
        }
        attempt();
    }

    /// How much waits at most, and how long between tries.
    ///
    /// @param turns the most turns
    /// @param bytes the most bytes of text, about
    record Limits(int turns, long bytes, Duration firstBackoff, Duration longestBackoff) {
        /// 1 000 turns, 32 MiB, 1 s to 30 s.
        static final Limits DEFAULT = new Limits(1_000, 32L << 20, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    private record Waiting(NewTurn turn, ChatResult told, Instant since, long bytes) {
        boolean answers(String org, String threadId, String idempotencyKey) {
            return turn.org().equals(org)
                    && turn.threadId().equals(threadId)
                    && turn.idempotencyKey() != null
                    && turn.idempotencyKey().value().equals(idempotencyKey);
        }
    }
}
