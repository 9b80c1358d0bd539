package dev.sluice.service.thread;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.model.ops.CoalesceTotals;
import dev.sluice.model.ops.RequestView;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.provider.PacedCall;
import dev.sluice.service.provider.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the chat side has done since start, of each tenant and of all.
///
/// At rest `requests = leaders + followers + bypassed + rejected`. Thread-safe.
public final class ChatMetrics {
    /// Tenants beyond this many are counted only in the sums, the least recently seen first.
    private static final int MAX_ORGS = 1_000;

    /// Shared requests remembered for recounts: a few megabytes at most.
    private static final int MAX_SHARED = 50_000;

    private final OrgMetrics all = new OrgMetrics();
    private final SharedRequests shared = new SharedRequests(MAX_SHARED);
    private final Cache<String, OrgMetrics> byOrg =
            Caffeine.newBuilder().maximumSize(MAX_ORGS).build();
    private final AtomicLong version = new AtomicLong();

    /// Counts a request that found its role.
    void joined(String org, Role role) {
        each(org, metrics -> metrics.joined(role));
    }

    /// Counts a follower in its new role: its flight never began and it came to another.
    void moved(String org, Role role) {
        each(org, metrics -> metrics.moved(role));
    }

    /// Counts a request that was refused before it had a role.
    void rejected(String org) {
        each(org, OrgMetrics::rejected);
    }

    /// Counts the end of a request that had a role.
    void finished(String org, RequestSample sample) {
        each(org, metrics -> metrics.finished(sample));
    }

    /// Remembers a request that would have made a call of its own, had sharing been off.
    void shared(SharedRequest request) {
        shared.add(request);
    }

    /// Returns the shared requests of the last hour.
    public SharedRequests shared() {
        return shared;
    }

    /// Counts a call to a provider and what it waited for its slot.
    void called(String org, Duration queueWait) {
        each(org, metrics -> {
            metrics.providerCalls.increment();
            metrics.queued(queueWait);
        });
    }

    /// Counts what a provider charged.
    void used(String org, Usage usage) {
        each(org, metrics -> metrics.used(usage));
    }

    /// Returns what counts the calls of one org.
    PacedCall.Meter meter(String org) {
        return new PacedCall.Meter() {
            @Override
            public void called(Duration queueWait) {
                ChatMetrics.this.called(org, queueWait);
            }

            @Override
            public void used(Usage usage) {
                ChatMetrics.this.used(org, usage);
            }
        };
    }

    /// Returns a number that grows with every count, to see whether anything changed.
    public long version() {
        return version.get();
    }

    /// Returns the counters of all tenants.
    public CoalesceTotals totals() {
        return all.totals();
    }

    /// Returns the latest finished requests of all tenants, newest first.
    public List<RequestView> recent(int n) {
        return all.newest(n).stream().map(RequestSample::view).toList();
    }

    /// Returns the report of one tenant, or of all if `org` is null.
    ///
    /// @param lastN how many of the newest requests the percentiles run over, 1 to 10 000
    public PerformanceReport report(@Nullable String org, int lastN) {
        OrgMetrics metrics =
                org == null ? all : Objects.requireNonNullElseGet(byOrg.getIfPresent(org), OrgMetrics::new);
        return Reports.of(metrics, lastN);
    }

    private void each(String org, Consumer<OrgMetrics> count) {
        count.accept(all);
        count.accept(byOrg.get(org, _ -> new OrgMetrics()));
        version.incrementAndGet();
    }
}
