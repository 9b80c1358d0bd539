package dev.sluice.service.provider;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.service.coalesce.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// What each org may still cause in calls: a token bucket of one minute's calls per org.
///
/// A bucket is one number, the time at which it is full again; that is at most a minute away, so an org
/// that is silent for a minute needs none. Of more than [#MAX_ORGS] busy orgs the quietest are forgotten,
/// to their benefit. Thread-safe.
public final class OrgBudgets {
    private static final int MAX_ORGS = 10_000;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final IntSupplier requestsPerMinute;
    private final Clock clock;
    private final Cache<String, Long> fullAt;

    /// @param requestsPerMinute how many calls an org may cause a minute, asked each time; 0 is no limit
    public OrgBudgets(IntSupplier requestsPerMinute, Clock clock) {
        this.requestsPerMinute = requestsPerMinute;
        this.clock = clock;
        this.fullAt = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(clock::nanoTime)
                .maximumSize(MAX_ORGS)
                .expireAfterWrite(Duration.ofMinutes(1))
                .build();
    }

    /// Takes one call from an org's budget.
    ///
    /// @return gives it back, to be run at most once
    /// @throws BudgetSpentException if there is none left
    public Runnable debit(String org) {
        int perMinute = requestsPerMinute.getAsInt();
        if (perMinute == 0) {
            return () -> {};
        }
        long price = MINUTE / perMinute;
        long now = clock.nanoTime();
        long[] wait = {0};
        fullAt.asMap().compute(org, (key, before) -> {
            long debt = before == null ? 0 : Math.max(0, before - now);
            wait[0] = debt + price - MINUTE;
            return now + (wait[0] > 0 ? debt : debt + price);
        });
        if (wait[0] > 0) {
            throw new BudgetSpentException(perMinute, Duration.ofNanos(wait[0]));
        }
        return () -> fullAt.asMap().computeIfPresent(org, (key, before) -> before - price);
    }
}
