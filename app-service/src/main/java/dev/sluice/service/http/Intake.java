package dev.sluice.service.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The reading half of a connection.
///
/// Between requests the connection's thread reads the socket itself. While a request's body has a deadline, or its
/// handler wants to know when the client leaves, a second virtual thread reads ahead and hands over what it
/// read. So
/// a departure is seen at once, nothing is lost, and the connection can serve another request afterwards.
///
/// Invariant: at most one thread reads the socket; it is the read-ahead thread while `reading` is set.
final class Intake {
    private static final int MOST_AHEAD_BYTES = 64 * 1024;

    private final HelidonSocket socket;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private int aheadBytes;
    private boolean reading;
    private boolean ended;
    private @Nullable Departure watcher;
    private @Nullable Long deadlineNanos;

    Intake(HelidonSocket socket, LongSupplier nanos) {
        this.socket = socket;
        this.nanos = nanos;
    }

    /// Returns the next bytes, waiting for them. Called by the connection's thread alone.
    ///
    /// @throws SlowBody if the deadline passes first
    /// @throws DataReader.InsufficientDataAvailableException at the end of the stream
    byte[] next() {
        lock.lock();
        try {
            if (reading || ended || !ahead.isEmpty() || deadlineNanos != null) {
                return handedOver();
            }
        } finally {
            lock.unlock();
        }
        byte[] bytes = socket.get();
        if (bytes == null) {
            throw new DataReader.InsufficientDataAvailableException();
        }
        return bytes;
    }

    /// Bounds how long `next` may wait, until `unlimited`.
    void limitTo(long deadline) {
        lock.lock();
        try {
            deadlineNanos = deadline;
        } finally {
            lock.unlock();
        }
    }

    void unlimited() {
        lock.lock();
        try {
            deadlineNanos = null;
        } finally {
            lock.unlock();
        }
    }

    /// Tells `departure` when the client's half of the connection ends, until `unwatch`.
    void watch(Departure departure) {
        boolean gone;
        lock.lock();
        try {
            watcher = departure;
            gone = ended;
            readAhead();
        } finally {
            lock.unlock();
        }
        if (gone) {
            departure.fire();
        }
    }

    void unwatch() {
        lock.lock();
        try {
            watcher = null;
        } finally {
            lock.unlock();
        }
    }

    /// Reads and forgets what still comes, so that closing does not reset the connection under an answer that the
    /// client has not read yet (RFC 9112, section 9.6).
    void drain(long deadline, int mostBytes) {
        limitTo(deadline);
        try {
            int left = mostBytes;
            while (left > 0) {
                left -= next().length;
            }
        } catch (SlowBody | DataReader.InsufficientDataAvailableException | CloseConnectionException e) {
            // each of them ends the draining; the connection is closed next
            return;
        }
    }

    private byte[] handedOver() {
        try {
            while (ahead.isEmpty()) {
                if (ended) {
                    throw new DataReader.InsufficientDataAvailableException();
                }
                readAhead();
                awaitChange();
            }
        } catch (InterruptedException e) {
            throw new CloseConnectionException("interrupted while reading", e);
        }
        byte[] bytes = ahead.remove();
        aheadBytes -= bytes.length;
        if (watcher != null) {
            readAhead();
        }
        return bytes;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops until there is something to hand over
    private void awaitChange() throws InterruptedException {
        Long deadline = deadlineNanos;
        if (deadline == null) {
            changed.await();
            return;
        }
        long left = deadline - nanos.getAsLong();
        if (left <= 0) {
            throw new SlowBody();
        }
        var _ = changed.await(left, TimeUnit.NANOSECONDS);
    }

    private void readAhead() {
        if (!reading && !ended) {
            reading = true;
            Thread.ofVirtual().name("http-read-ahead").start(() -> {
                boolean more = true;
                while (more) {
                    more = handOver(pull());
                }
            });
        }
    }

    private byte @Nullable [] pull() {
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            // reset by the client or closed by us: the stream has ended either way
            return null;
        }
    }

    private boolean handOver(byte @Nullable [] bytes) {
        Departure departed = null;
        boolean more = false;
        lock.lock();
        try {
            if (bytes == null) {
                ended = true;
                departed = watcher;
            } else {
                ahead.add(bytes);
                aheadBytes += bytes.length;
                more = watcher != null && aheadBytes < MOST_AHEAD_BYTES;
            }
            reading = more;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (departed != null) {
            departed.fire();
        }
        return more;
    }

    /// The body did not arrive in time.
    static final class SlowBody extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SlowBody() {
            super("the deadline passed while reading", null, false, false);
        }
    }
}
