package dev.sluice.service.consolidate;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The windows of one key that are not over, as the engine remembers them; guarded by the engine's lock.
///
/// Kept small, since there may be a million: what only few have is null.
final class Line {
    final String key;

    /// The window that gathers; null if none does.
    @Nullable
    String open;

    int openNumber;
    /// When the open window is due; meaningless while it is held.
    long deadlineMillis;
    /// Where it is in the heap; -1 if it is not.
    int place = -1;
    /// The windows that closed, in their order; null if none did. The first may be in process.
    @Nullable
    Deque<Due> due;

    /// Whether it waits for its turn to be processed, or to be asked again.
    boolean queued;
    /// Whether its first closed window is being processed.
    boolean busy;

    Line(String key) {
        this.key = key;
    }

    void opened(WindowHead head) {
        // a string that is replaced by its equal is garbage of the costly kind: old
        if (!head.id().equals(open)) {
            open = head.id();
        }
        openNumber = head.number();
        deadlineMillis = head.deadline().toEpochMilli();
    }

    boolean idle() {
        return open == null && (due == null || due.isEmpty()) && !busy;
    }

    @Nullable
    Due firstDue() {
        return due == null ? null : due.peekFirst();
    }

    /// Adds a closed window in its order, once.
    void close(Due window) {
        if (due == null) {
            due = new ArrayDeque<>(2);
        }
        if (due.contains(window)) {
            return;
        }
        var later = new ArrayDeque<Due>();
        // the first stays first once it is in process
        while (due.size() > (busy ? 1 : 0) && due.getLast().number() > window.number()) {
            later.addFirst(due.removeLast());
        }
        due.addLast(window);
        due.addAll(later);
    }

    /// Takes out a window that is over.
    void over(String id) {
        if (due != null) {
            due.removeIf(window -> window.id().equals(id));
            if (due.isEmpty()) {
                due = null;
            }
        }
    }

    /// A closed window.
    record Due(String id, int number) {}
}
