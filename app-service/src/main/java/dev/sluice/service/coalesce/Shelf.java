package dev.sluice.service.coalesce;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Values by key, each for a time; when all together would take too much, those put first go first.
/// Thread-safe.
///
/// A look takes no lock and writes nothing. A cache that learns from each look what to evict makes looks
/// and puts several times as dear, and there is little to learn: what lies here is put once and dies of
/// age soon.
///
/// Invariants, which hold whenever nobody has the lock:
/// - an item is linked between its neighbours exactly as long as `items` has it;
/// - `bytes` is what the linked items take, and not more than `most`.
final class Shelf<K, V> {
    private static final class Item<K, V> {
        private final K key;
        private final V value;
        private final long bytes;
        private final long until;
        private @Nullable Item<K, V> older; // these two guarded by the shelf's lock
        private @Nullable Item<K, V> newer;

        Item(K key, V value, long bytes, long until) {
            this.key = key;
            this.value = value;
            this.bytes = bytes;
            this.until = until;
        }

        boolean expired(long now) {
            return now - until >= 0;
        }
    }

    private final long most;
    private final LongSupplier nanoClock;
    private final ConcurrentHashMap<K, Item<K, V>> items = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Item<K, V> oldest; // these three guarded by lock
    private @Nullable Item<K, V> newest;
    private long bytes;

    /// @param most the bytes that all values may take together
    Shelf(long most, LongSupplier nanoClock) {
        this.most = most;
        this.nanoClock = nanoClock;
    }

    /// Returns the value of that key, or null if it has none or its time is up.
    @Nullable
    V get(K key) {
        Item<K, V> item = items.get(key);
        return item == null || item.expired(nanoClock.getAsLong()) ? null : item.value;
    }

    /// Puts a value in place of the key's former one, unless it alone would take too much: then the key
    /// has none.
    ///
    /// @param size what it takes, bytes
    /// @param time how long it may be had
    void put(K key, V value, long size, Duration time) {
        long now = nanoClock.getAsLong();
        long nanos = Math.min(TimeUnit.NANOSECONDS.convert(time), Long.MAX_VALUE / 2);
        var item = new Item<>(key, value, size, now + nanos);
        lock.lock();
        try {
            drop(items.remove(key));
            if (size <= most) {
                link(item);
                items.put(key, item);
            }
            trim(now);
        } finally {
            lock.unlock();
        }
    }

    void remove(K key) {
        lock.lock();
        try {
            drop(items.remove(key));
        } finally {
            lock.unlock();
        }
    }

    /// Returns what may still be had, in no order.
    List<V> values() {
        long now = nanoClock.getAsLong();
        lock.lock();
        try {
            trim(now);
        } finally {
            lock.unlock();
        }
        return items.values().stream()
                .filter(item -> !item.expired(now))
                .map(item -> item.value)
                .toList();
    }

    /// Drops the oldest as long as they are too old, or all are too many. An item that was put for less
    /// time than an older one waits for that; nobody can have it meanwhile.
    private void trim(long now) {
        for (Item<K, V> first = oldest; first != null && (bytes > most || first.expired(now)); first = oldest) {
            drop(items.remove(first.key));
        }
    }

    private void link(Item<K, V> item) {
        bytes += item.bytes;
        Item<K, V> last = newest;
        item.older = last;
        newest = item;
        if (last == null) {
            oldest = item;
        } else {
            last.newer = item;
        }
    }

    private void drop(@Nullable Item<K, V> item) {
        if (item == null) {
            return;
        }
        bytes -= item.bytes;
        Item<K, V> before = item.older;
        Item<K, V> after = item.newer;
        if (before == null) {
            oldest = after;
        } else {
            before.newer = after;
        }
        if (after == null) {
            newest = before;
        } else {
            after.older = before;
        }
        item.older = null; // a dead old item must not keep newer ones alive
        item.newer = null;
    }
}
