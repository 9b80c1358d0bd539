package dev.sluice.service.coalesce;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that many share and nobody may exceed together. Thread-safe.
final class ByteBudget {
    private final long most;
    private final AtomicLong used = new AtomicLong();

    ByteBudget(long most) {
        this.most = most;
    }

    /// Takes bytes if there are so many left.
    boolean claim(long bytes) {
        long now = used.get();
        while (bytes <= most - now) {
            if (used.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = used.get();
        }
        return false;
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }

    /// Returns whether nothing is left.
    boolean exhausted() {
        return used.get() >= most;
    }
}
