package dev.sluice.ui.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// When the lines of a log happened, counted from its first event. Times never go back: a recorded clock
/// that did is taken to have stood still.
///
/// Not thread-safe.
public final class Timeline {
    private long[] offsets = new long[64];
    private int size;
    private @Nullable Instant origin;
    private int life;

    /// Creates an empty one.
    public Timeline() {}

    /// Takes in the lines that were added since the last time.
    public void extend(SessionLog.Content content) {
        if (content.life() != life) {
            life = content.life();
            size = 0;
            origin = null;
        }
        for (int i = size; i < content.size(); i++) {
            add(content.line(i));
        }
    }

    /// Returns how many lines it knows.
    public int size() {
        return size;
    }

    /// Returns when a line happened, nanoseconds from the first event.
    public long offset(int index) {
        return offsets[index];
    }

    /// Returns when the last line happened, nanoseconds from the first event.
    public long length() {
        return size == 0 ? 0 : offsets[size - 1];
    }

    /// Returns how many lines have happened by then.
    public int happened(long offset) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offsets[middle] <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// What is no event happens together with what was before it.
    private void add(SessionLine line) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        long offset = length();
        if (line instanceof SessionLine.Happened event) {
            var first = origin;
            if (first == null) {
                first = event.at();
                origin = first;
            }
            offset = Math.max(offset, Duration.between(first, event.at()).toNanos());
        }
        offsets[size++] = offset;
    }
}
