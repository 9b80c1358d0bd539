package dev.sluice.service.consolidate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Lines by the deadlines of their open windows, the earliest first; every line knows its place, so that
/// a deadline moves in O(log n) and no line is ever in it twice. Not thread-safe.
final class DeadlineHeap {
    private static final int NONE = -1;

    private @Nullable Line[] lines = new Line[64];
    private int size;

    int size() {
        return size;
    }

    /// Returns the line with the earliest deadline; null if there is none.
    @Nullable
    Line first() {
        return size == 0 ? null : lines[0];
    }

    /// Puts a line where its deadline belongs, whether it is in here or not.
    void put(Line line) {
        if (line.place == NONE) {
            if (size == lines.length) {
                lines = Arrays.copyOf(lines, size * 2);
            }
            line.place = size++;
        }
        lines[line.place] = line;
        down(up(line));
    }

    /// Takes a line out, if it is in here.
    void remove(Line line) {
        int hole = line.place;
        if (hole == NONE) {
            return;
        }
        line.place = NONE;
        size--;
        Line last = at(size);
        lines[size] = null;
        if (last != line) {
            last.place = hole;
            lines[hole] = last;
            down(up(last));
        }
        if (lines.length > 4096 && size < lines.length / 4) {
            lines = Arrays.copyOf(lines, lines.length / 2);
        }
    }

    private Line up(Line line) {
        int place = line.place;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (at(parent).deadlineMillis <= line.deadlineMillis) {
                break;
            }
            set(place, at(parent));
            place = parent;
        }
        set(place, line);
        return line;
    }

    private void down(Line line) {
        int place = line.place;
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && at(child + 1).deadlineMillis < at(child).deadlineMillis) {
                child++;
            }
            if (line.deadlineMillis <= at(child).deadlineMillis) {
                break;
            }
            set(place, at(child));
            place = child;
        }
        set(place, line);
    }

    private void set(int place, Line line) {
        lines[place] = line;
        line.place = place;
    }

    private Line at(int place) {
        Line line = lines[place];
        if (line == null) {
            throw new IllegalStateException("the heap has a hole at " + place);
        }
        return line;
    }
}
