package dev.sluice.service.sms;

import dev.sluice.model.metrics.PerformanceReport;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts what happens to texts since the start, by org. Thread-safe.
final class SmsMetrics {
    /// Something that is counted.
    enum Count {
        /// Texts taken.
        MESSAGES,
        /// Texts delivered again.
        DUPLICATES,
        /// Texts and calls not taken.
        REFUSED,
        /// Batches handled.
        BATCHES,
        /// Calls of a provider.
        CLASSIFICATIONS,
        /// Texts that a provider saw.
        CLASSIFIED_TEXTS,
        /// Verdicts of the local rules.
        LOCAL_VERDICTS,
        /// Replies sent.
        REPLIES,
        /// Texts that were answered by those.
        REPLIED_TEXTS,
        /// Replies refused by the provider.
        REPLIES_REFUSED,
        /// Replies of which nobody knows whether they were sent.
        REPLIES_UNKNOWN,
        /// Batches that were not to be answered.
        SUPPRESSED
    }

    private final Map<String, Map<Count, LongAdder>> byOrg = new ConcurrentHashMap<>();

    void add(String org, Count what, long more) {
        byOrg.computeIfAbsent(org, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(what, _ -> new LongAdder())
                .add(more);
    }

    /// Returns a count.
    ///
    /// @param org null for all of them together
    long of(@Nullable String org, Count what) {
        if (org == null) {
            return byOrg.keySet().stream().mapToLong(each -> of(each, what)).sum();
        }
        LongAdder adder = byOrg.getOrDefault(org, Map.of()).get(what);
        return adder == null ? 0 : adder.sum();
    }

    /// Returns the part of the performance report.
    ///
    /// @param org null for all of them together
    PerformanceReport.Sms report(@Nullable String org) {
        return new PerformanceReport.Sms(
                of(org, Count.MESSAGES),
                of(org, Count.DUPLICATES),
                of(org, Count.BATCHES),
                of(org, Count.CLASSIFICATIONS),
                of(org, Count.REPLIES),
                Math.max(0, of(org, Count.CLASSIFIED_TEXTS) - of(org, Count.CLASSIFICATIONS)),
                Math.max(0, of(org, Count.REPLIED_TEXTS) - of(org, Count.REPLIES)));
    }
}
