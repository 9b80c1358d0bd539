package dev.sluice.service.ops;

import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Takes changes back that were made for a time only. Thread-safe.
///
/// The wall clock is asked again and again instead of an alarm being set once: it may be moved, and the
/// machine may sleep through the time.
final class SettingsReverts implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SettingsReverts.class.getName());
    private static final Duration TICK = Duration.ofMillis(250);

    private final Settings settings;
    private final SettingsRepository repository;
    private final SettingsHistory history;
    private final InstantSource clock;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("settings-reverts").factory());
    private final AtomicLong reverted = new AtomicLong();
    private volatile @Nullable Instant lastAt;

    SettingsReverts(Settings settings, SettingsRepository repository, SettingsHistory history, InstantSource clock) {
        this.settings = settings;
        this.repository = repository;
        this.history = history;
        this.clock = clock;
    }

    /// Begins to look at the clock.
    void start() {
        var _ = ticker.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Takes back what is due; without anything due, the store is not asked.
    ///
    /// @throws StoreUnavailableException if the store does not take it; it is due still
    void revertDue() {
        Instant now = clock.instant();
        if (settings.stored().due(now).isEmpty()) {
            return;
        }
        var done = new AtomicInteger(); // an operator's change may come first
        var stored = repository.revertDue(now, SettingsHistory.SERVICE, (sql, before, after) -> {
            history.reverted(sql, before, after, now);
            done.set(before.due(now).size());
        });
        settings.publish(stored);
        if (done.get() > 0) {
            reverted.addAndGet(done.get());
            lastAt = now;
            LOG.log(Level.INFO, "event=settings_reverted count=" + done + " version=" + stored.version());
        }
    }

    /// Returns how many changes went back by themselves since start.
    long count() {
        return reverted.get();
    }

    /// Returns when the latest did.
    Optional<Instant> lastAt() {
        return Optional.ofNullable(lastAt);
    }

    @Override
    public void close() {
        ticker.shutdown();
    }

    private void tick() {
        try {
            revertDue();
        } catch (StoreUnavailableException sick) {
            // the store itself says so, and the next tick tries again
            LOG.log(Level.DEBUG, "event=revert_postponed reason=" + sick.reason());
        } catch (RuntimeException e) {
            // thrown on, it would silently end the schedule
            LOG.log(Level.ERROR, "event=revert_failed", e);
        }
    }
}
