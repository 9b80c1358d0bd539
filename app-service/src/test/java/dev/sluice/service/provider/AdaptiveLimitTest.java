package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How many slots a pacer gives as its provider's health changes.
class AdaptiveLimitTest {
    @Test
    @DisplayName("C18 429 and 5xx halve the limit once per bad moment, successes grow it back")
    void theLimitFollowsTheProvidersHealth() throws Exception {
        var pacer = pacer(8);
        List<Slot> burst = List.of(pacer.acquire("a"), pacer.acquire("a"), pacer.acquire("a"));

        burst.forEach(slot -> slot.failed(Kind.RATE_LIMITED));
        burst.forEach(Slot::close);
        assertThat(pacer.stats().limit()).isEqualTo(4);

        end(pacer, Kind.SERVER);
        assertThat(pacer.stats().limit()).isEqualTo(2);
        for (int i = 0; i < 64; i++) {
            Slot slot = pacer.acquire("a");
            slot.succeeded();
            slot.close();
        }
        assertThat(pacer.stats().limit()).isEqualTo(8);
    }

    @Test
    @DisplayName("C18 4xx, cancels and silence do not shrink the limit")
    void otherFailuresLeaveTheLimit() throws Exception {
        var pacer = pacer(8);

        for (Kind kind : List.of(Kind.BAD_REQUEST, Kind.UNAUTHORIZED, Kind.QUOTA, Kind.IDLE, Kind.TRUNCATED)) {
            end(pacer, kind);
        }

        assertThat(pacer.stats().limit()).isEqualTo(8);
    }

    @Test
    void theLimitNeverFallsBelowOne() throws Exception {
        var pacer = pacer(2);

        end(pacer, Kind.SERVER);
        end(pacer, Kind.SERVER);
        end(pacer, Kind.SERVER);

        assertThat(pacer.stats().limit()).isEqualTo(1);
    }

    private static Pacer pacer(int concurrency) {
        var limits = new PacerLimits(1000, 1000, concurrency, Duration.ofSeconds(10), 100);
        return new Pacer("p", limits, new ManualScheduler());
    }

    private static void end(Pacer pacer, Kind kind) throws ProviderException, InterruptedException {
        try (Slot slot = pacer.acquire("a")) {
            slot.failed(kind);
        }
    }
}
