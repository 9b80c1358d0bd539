package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.service.coalesce.VirtualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class OrgBudgetsTest {
    private static final Duration MS = Duration.ofMillis(1);

    private final VirtualClock clock = new VirtualClock();
    private final AtomicInteger perMinute = new AtomicInteger();
    private final OrgBudgets budgets = new OrgBudgets(perMinute::get, clock);

    @Test
    @DisplayName("C18 a minute's calls at once, then one as each becomes due, with an exact Retry-After")
    void minuteAtOnceThenAtTheRate() {
        perMinute.set(6);
        for (int i = 0; i < 6; i++) {
            budgets.debit("acme");
        }

        assertRefused("acme", 10);
        clock.advance(Duration.ofSeconds(10).minus(MS));
        assertRefused("acme", 1);
        clock.advance(MS);
        budgets.debit("acme");
        assertRefused("acme", 10);
    }

    @Test
    @DisplayName("C18 one org's budget is nothing to another's")
    void orgsAreApart() {
        perMinute.set(1);
        budgets.debit("acme");

        budgets.debit("other");

        assertRefused("acme", 60);
    }

    @Test
    @DisplayName("C18 a refund gives the call back")
    void refund() {
        perMinute.set(1);
        budgets.debit("acme").run();

        budgets.debit("acme");

        assertRefused("acme", 60);
    }

    @Test
    @DisplayName("C18 a refusal costs nothing, and a silent minute fills the bucket but no more")
    void refusalsAreFree() {
        perMinute.set(2);
        budgets.debit("acme");
        budgets.debit("acme");
        for (int i = 0; i < 100; i++) {
            assertRefused("acme", 30);
        }

        clock.advance(Duration.ofHours(1));
        budgets.debit("acme");
        budgets.debit("acme");
        assertRefused("acme", 30);
    }

    @Test
    @DisplayName("C18 the rate changes live; 0 is no limit; a refund of before is harmless")
    void rateChangesLive() {
        Runnable free = budgets.debit("acme");
        perMinute.set(1);
        budgets.debit("acme");
        free.run();
        assertRefused("acme", 60);

        perMinute.set(0);
        for (int i = 0; i < 1_000; i++) {
            budgets.debit("acme");
        }
        perMinute.set(60);
        assertRefused("acme", 1);
        clock.advance(Duration.ofSeconds(1));
        budgets.debit("acme");
    }

    private void assertRefused(String org, int seconds) {
        assertThatExceptionOfType(BudgetSpentException.class)
                .isThrownBy(() -> budgets.debit(org))
                .satisfies(refused -> assertThat(
                                refused.retryAfter().plusNanos(999_999_999).toSeconds())
                        .isEqualTo(seconds));
    }
}
