package dev.sluice.service.thread;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Remembers each active thread's newest turn, so that an answer is reused only while nothing newer was said.
///
/// A thread it does not know has no reusable answer: forgetting costs a call, never a stale answer. Thread-safe.
final class NewestTurns {
    private static final int MAX_THREADS = 100_000;

    private final Cache<String, Long> newest =
            Caffeine.newBuilder().maximumSize(MAX_THREADS).build();

    /// Notes a stored turn; one that is older than what is known changes nothing.
    void stored(String threadId, long sequence) {
        newest.asMap().merge(threadId, sequence, Math::max);
    }

    void deleted(String threadId) {
        newest.invalidate(threadId);
    }

    /// Returns whether a turn of that thread is known to be its newest.
    boolean isNewest(String threadId, long sequence) {
        Long known = newest.getIfPresent(threadId);
        return known != null && known == sequence;
    }
}
