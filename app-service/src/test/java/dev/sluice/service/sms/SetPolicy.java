package dev.sluice.service.sms;

import dev.sluice.service.consolidate.WindowRules;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Settings that a test changes: replies are on, windows are 60 s long. Thread-safe, field by field.
final class SetPolicy implements SmsPolicy {
    static final WindowRules MINUTE = rules(Duration.ofSeconds(60));

    volatile WindowRules rules = MINUTE;
    volatile boolean paused;
    volatile boolean replies = true;
    volatile boolean calls = true;
    volatile boolean autoReply = true;
    volatile int perHour = 100;
    volatile int perDay = 100;
    volatile long version = 1;
    /// So many questions of how batches are answered fail.
    final AtomicInteger failing = new AtomicInteger();
    volatile Set<String> countries = Set.of();

    volatile @Nullable String region = "PH";
    volatile @Nullable String text;
    volatile @Nullable String help = "Reply STOP to end.";
    volatile @Nullable ZonedDateTime quiet;

    static WindowRules rules(Duration window) {
        return new WindowRules(window, false, Duration.ofMinutes(5), 50, 16_000);
    }

    static WindowRules sliding(Duration window, Duration cap) {
        return new WindowRules(window, true, cap, 50, 16_000);
    }

    @Override
    public WindowRules windowRules() {
        return rules;
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public boolean repliesAllowed() {
        return replies;
    }

    @Override
    public boolean callsAllowed() {
        return calls;
    }

    @Override
    public Optional<String> defaultRegion() {
        return Optional.ofNullable(region);
    }

    @Override
    public boolean autoReply() {
        return autoReply;
    }

    @Override
    public Optional<String> autoReplyText() {
        if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("failed by script");
        }
        return Optional.ofNullable(text);
    }

    @Override
    public Optional<String> helpText() {
        return Optional.ofNullable(help);
    }

    @Override
    public int repliesPerHour() {
        return perHour;
    }

    @Override
    public int repliesPerDay() {
        return perDay;
    }

    @Override
    public Set<String> countries() {
        return countries;
    }

    @Override
    public Optional<ZonedDateTime> quietUntil(ZonedDateTime now) {
        return Optional.ofNullable(quiet).filter(end -> end.isAfter(now));
    }

    @Override
    public long settingsVersion() {
        return version;
    }
}
