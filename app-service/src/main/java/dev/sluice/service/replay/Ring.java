package dev.sluice.service.replay;

import org.jspecify.annotations.Nullable;

/// The newest events of one log, in memory. One thread at a time changes it; any number read it meanwhile.
///
/// Invariants:
/// - `slots[seq & (slots.length - 1)]` holds the entry `seq` for each `first <= seq <= last`;
/// - an entry is in its slot before `last` says so, and `first` moves past an entry before its slot is cleared, so a
///   reader that finds another entry, or none, in a slot knows that its own was trimmed or that it holds old slots.
final class Ring {
    private static final int INITIAL_SLOTS = 16;

    private final Retention retention;
    private final Runnable betweenSteps;
    private volatile @Nullable LogEntry[] slots = new @Nullable LogEntry[INITIAL_SLOTS];
    private volatile long first;
    private volatile long last;
    private volatile long bytes;

    /// Creates a ring whose first entry will be `first`.
    Ring(long first, Retention retention, Runnable betweenSteps) {
        this.first = first;
        this.last = first - 1;
        this.retention = retention;
        this.betweenSteps = betweenSteps;
    }

    /// Returns the number of the oldest entry held; one more than [#last] if none is.
    long first() {
        return first;
    }

    /// Returns the number of the newest entry there ever was.
    long last() {
        return last;
    }

    /// Returns the bytes held.
    long bytes() {
        return bytes;
    }

    /// Returns the entry `seq`, or null if it is trimmed or not there yet.
    @Nullable
    LogEntry get(long seq) {
        if (seq > last) {
            return null;
        }
        betweenSteps.run();
        @Nullable LogEntry[] held = slots; // after last, so these are at least the slots that hold seq
        betweenSteps.run();
        LogEntry entry = held[(int) (seq & (held.length - 1))];
        return entry != null && entry.seq() == seq ? entry : null;
    }

    /// Adds the entry after the last one, trimming what retention no longer keeps.
    ///
    /// @param trimmable the newest entry that may be trimmed
    void add(LogEntry entry, long trimmable) {
        int coming = entry.frame().length;
        trim(coming, 1, trimmable);
        grow();
        @Nullable LogEntry[] held = slots;
        held[(int) (entry.seq() & (held.length - 1))] = entry;
        long before = bytes;
        bytes = before + coming;
        betweenSteps.run();
        last = entry.seq();
        betweenSteps.run();
    }

    /// Trims what retention does not keep.
    ///
    /// @param trimmable the newest entry that may be trimmed
    void trim(long trimmable) {
        trim(0, 0, trimmable);
    }

    private void trim(int comingBytes, int comingEntries, long trimmable) {
        @Nullable LogEntry[] held = slots;
        long newest = last;
        long oldest = first;
        long left = bytes;
        while (oldest <= Math.min(newest - 1 + comingEntries, trimmable)
                && (newest - oldest + 1 + comingEntries > retention.keepEvents()
                        || left + comingBytes > retention.keepBytes())) {
            int slot = (int) (oldest & (held.length - 1));
            LogEntry trimmed = held[slot];
            oldest++;
            betweenSteps.run();
            first = oldest; // before the slot is cleared: see the invariants
            betweenSteps.run();
            held[slot] = null;
            left -= trimmed == null ? 0 : trimmed.frame().length;
        }
        bytes = left;
    }

    private void grow() {
        @Nullable LogEntry[] held = slots;
        long oldest = first;
        long newest = last;
        if (newest - oldest + 1 < held.length) {
            return;
        }
        var larger = new @Nullable LogEntry[held.length * 2];
        for (long seq = oldest; seq <= newest; seq++) {
            larger[(int) (seq & (larger.length - 1))] = held[(int) (seq & (held.length - 1))];
        }
        betweenSteps.run();
        slots = larger;
        betweenSteps.run();
    }
}
