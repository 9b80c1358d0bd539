package dev.sluice.ui.store;

/// The latest values of one figure, one per second, in a fixed ring; NaN where nothing is known.
///
/// Thread-safe.
public final class Series {
    private final double[] ring;
    private int next;
    private int size;
    private long version;

    /// Creates an empty series.
    ///
    /// @param capacity how many values are kept
    public Series(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be positive: " + capacity);
        }
        this.ring = new double[capacity];
    }

    /// Appends a value, dropping the oldest one if full.
    public synchronized void add(double value) {
        ring[next] = value;
        next = (next + 1) % ring.length;
        size = Math.min(size + 1, ring.length);
        version++;
    }

    /// Copies the latest values, oldest first, into the end of `target`.
    ///
    /// @return how many were copied
    public synchronized int copyLatest(double[] target) {
        int count = Math.min(size, target.length);
        for (int i = 0; i < count; i++) {
            target[target.length - count + i] = ring[Math.floorMod(next - count + i, ring.length)];
        }
        return count;
    }

    /// Returns a number that grows with each value.
    public synchronized long version() {
        return version;
    }

    /// Returns how many values are kept at most.
    public int capacity() {
        return ring.length;
    }
}
