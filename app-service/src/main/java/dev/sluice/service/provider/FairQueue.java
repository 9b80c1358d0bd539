package dev.sluice.service.provider;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// First in, first out within an org; round robin between orgs.
///
/// Not thread-safe.
final class FairQueue<T> {
    private final LinkedHashMap<String, SequencedSet<T>> byOrg = new LinkedHashMap<>();
    private int size;

    void add(String org, T item) {
        if (byOrg.computeIfAbsent(org, key -> new LinkedHashSet<>()).add(item)) {
            size++;
        }
    }

    /// Removes the item whose turn it is; the queue must not be empty.
    T poll() {
        var turn = byOrg.pollFirstEntry();
        T item = turn.getValue().removeFirst();
        if (!turn.getValue().isEmpty()) {
            byOrg.putLast(turn.getKey(), turn.getValue());
        }
        size--;
        return item;
    }

    /// Removes an item out of turn.
    void remove(String org, T item) {
        var items = byOrg.get(org);
        if (items != null && items.remove(item)) {
            size--;
            if (items.isEmpty()) {
                byOrg.remove(org);
            }
        }
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
