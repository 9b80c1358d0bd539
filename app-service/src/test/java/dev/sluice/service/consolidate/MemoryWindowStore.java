package dev.sluice.service.consolidate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Windows kept in a map, as durable as the test wants. Thread-safe.
final class MemoryWindowStore implements WindowStore {
    /// A window as it is stored.
    static final class Stored {
        final String id;
        final String key;
        final int number;
        final Duration length;
        WindowState state = WindowState.OPEN;
        Gathering gathering;
        final List<Integer> items = new ArrayList<>();
        int claims;
        int failures;

        @Nullable
        String why;

        Stored(String id, String key, int number, Duration length, Gathering gathering) {
            this.id = id;
            this.key = key;
            this.number = number;
            this.length = length;
            this.gathering = gathering;
        }

        WindowHead head() {
            return new WindowHead(id, key, number, state, gathering.deadline());
        }
    }

    private final TreeMap<String, Stored> windows = new TreeMap<>();
    private int sickFor;
    private int closings;
    private int mostClosed;

    /// Fails the next calls that write.
    synchronized void sickFor(int calls) {
        sickFor = calls;
    }

    synchronized int closings() {
        return closings;
    }

    /// Returns how many windows one call closed at most.
    synchronized int mostClosed() {
        return mostClosed;
    }

    synchronized List<Stored> all() {
        return List.copyOf(windows.values());
    }

    synchronized Stored get(String id) {
        Stored stored = windows.get(id);
        if (stored == null) {
            throw new IllegalArgumentException("no window " + id);
        }
        return stored;
    }

    /// Puts a closed window there, as an earlier process left it.
    synchronized void left(String id, String key, int number, Instant deadline) {
        var gathering = new Gathering(deadline, deadline, deadline, 1, 1, false);
        var stored = new Stored(id, key, number, Duration.ofMinutes(1), gathering);
        stored.state = WindowState.CLOSED;
        windows.put(id, stored);
    }

    /// Stores an arriving item as an intake does, in one step, and returns the windows it changed.
    synchronized List<WindowHead> arrive(
            String key, int item, long bytes, Urgency urgency, Instant now, WindowRules rules) {
        Stored open = windows.values().stream()
                .filter(w -> w.key.equals(key) && (w.state == WindowState.OPEN || w.state == WindowState.HELD))
                .findFirst()
                .orElse(null);
        var placement = Gathering.place(open == null ? null : open.gathering, now, bytes, urgency, rules);
        var heads = new ArrayList<WindowHead>();
        if (open != null && placement.closesOpen() != null) {
            open.state = WindowState.CLOSED;
            heads.add(open.head());
        }
        Stored target = open;
        if (target == null || placement.opens()) {
            int number = (int) windows.values().stream()
                            .filter(w -> w.key.equals(key))
                            .count()
                    + 1;
            target = new Stored("w%06d".formatted(windows.size()), key, number, rules.window(), placement.after());
            windows.put(target.id, target);
        }
        target.gathering = placement.after();
        target.items.add(item);
        if (placement.closes() != null) {
            target.state = WindowState.CLOSED;
        }
        heads.add(target.head());
        return heads;
    }

    /// Changes a window as an operator's action does.
    synchronized WindowHead set(String id, WindowState state, Instant deadline) {
        Stored stored = get(id);
        stored.state = state;
        Gathering g = stored.gathering;
        stored.gathering =
                new Gathering(g.openedAt(), g.latestAt(), deadline, g.items(), g.bytes(), state == WindowState.HELD);
        return stored.head();
    }

    @Override
    public synchronized List<WindowHead> close(List<String> ids, Instant now) {
        maybeSick();
        closings++;
        mostClosed = Math.max(mostClosed, ids.size());
        var heads = new ArrayList<WindowHead>();
        for (String id : ids) {
            Stored stored = get(id);
            if (stored.state == WindowState.OPEN && !stored.gathering.deadline().isAfter(now)) {
                stored.state = WindowState.CLOSED;
            }
            heads.add(stored.head());
        }
        return heads;
    }

    @Override
    public synchronized Optional<Claim> claim(String id, boolean again, Instant now) {
        maybeSick();
        Stored stored = get(id);
        if (stored.state != WindowState.CLOSED && stored.state != WindowState.CLAIMED) {
            return Optional.empty();
        }
        stored.state = WindowState.CLAIMED;
        stored.claims += again ? 0 : 1;
        return Optional.of(new Claim(stored.head(), stored.claims));
    }

    @Override
    public synchronized int failed(String id, String why, Instant now) {
        maybeSick();
        Stored stored = get(id);
        stored.state = WindowState.CLOSED;
        stored.why = why;
        return ++stored.failures;
    }

    @Override
    public synchronized void quarantine(String id, String why, Instant now) {
        maybeSick();
        get(id).state = WindowState.QUARANTINED;
        get(id).why = why;
    }

    /// Marks a window as processed, as a processor does in its last transaction.
    synchronized void done(String id) {
        get(id).state = WindowState.DONE;
    }

    @Override
    public synchronized List<WindowHead> unfinished(@Nullable String after, int limit) {
        return after(after).values().stream()
                .map(Stored::head)
                .filter(head -> head.state().unfinished())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Redated redate(@Nullable String after, int limit, Redating how, Instant now) {
        List<Stored> page = after(after).values().stream()
                .filter(w -> w.state == WindowState.OPEN)
                .limit(limit)
                .toList();
        int changed = 0;
        for (Stored stored : page) {
            Gathering g = stored.gathering;
            Instant deadline = switch (how) {
                case Redating.ByRules(WindowRules rules) -> rules.deadline(g.openedAt(), g.latestAt());
                case Redating.DueNow() -> g.deadline().isBefore(now) ? g.deadline() : now;
                case Redating.WithinLength() ->
                    g.deadline().isAfter(now.plus(stored.length)) ? now.plus(stored.length) : g.deadline();
            };
            if (!deadline.equals(g.deadline())) {
                set(stored.id, WindowState.OPEN, deadline);
                changed++;
            }
        }
        return new Redated(changed, page.size() < limit ? null : page.getLast().id);
    }

    @Override
    public synchronized List<WindowHead> open(@Nullable String after, @Nullable String last) {
        return after(after).values().stream()
                .filter(w -> w.state == WindowState.OPEN && (last == null || w.id.compareTo(last) <= 0))
                .map(Stored::head)
                .toList();
    }

    private Map<String, Stored> after(@Nullable String id) {
        return id == null ? windows : windows.tailMap(id, false);
    }

    private void maybeSick() {
        if (sickFor > 0) {
            sickFor--;
            throw new IllegalStateException("the disk is full");
        }
    }
}
