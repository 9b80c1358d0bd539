package dev.sluice.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.SetClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class KnownTokensTest {
    private static final Duration KEPT = Duration.ofSeconds(1);

    private final MemoryTokens store = new MemoryTokens();
    private final SetClock clock = new SetClock();
    private final KnownTokens known = new KnownTokens(store, clock);

    @Test
    void tokenIsFoundByItsText() {
        String text = store.issue(Role.CLIENT, "acme");

        assertThat(known.find(text))
                .hasValueSatisfying(row -> assertThat(row.org()).isEqualTo("acme"));
        assertThat(known.find(text + "x")).isEmpty();
        assertThat(known.find("")).isEmpty();
    }

    @Test
    void hashIsNoToken() {
        String text = store.issue(Role.CLIENT, null);

        assertThat(known.find(FreshToken.sha256(text))).isEmpty();
    }

    @Test
    void storeIsAskedOnceASecond() {
        String text = store.issue(Role.CLIENT, null);

        for (int i = 0; i < 100; i++) {
            known.find(text);
        }
        assertThat(store.finds).hasValue(1);

        clock.advance(KEPT.plusNanos(1));
        known.find(text);
        assertThat(store.finds).hasValue(2);
    }

    @Test
    void revokedTokenStopsWithinASecond() {
        String text = store.issue(Role.CLIENT, null);
        known.find(text);

        store.revokeAll(clock.instant());
        clock.advance(KEPT.plusNanos(1));

        assertThat(known.find(text)).isEmpty();
    }

    @Test
    void revokedTokenStopsAlsoWhenTheClockIsSetBack() {
        String text = store.issue(Role.CLIENT, null);
        known.find(text);

        store.revokeAll(clock.instant());
        clock.advance(Duration.ofHours(-1));

        assertThat(known.find(text)).isEmpty();
    }

    @Test
    void tokenExpiresToTheInstant() {
        Instant expiry = clock.instant().plus(Duration.ofMillis(500));
        var fresh = FreshToken.make(new SecureRandom(), "ann", Role.CLIENT, null, clock.instant(), expiry);
        store.insert(fresh.row());

        clock.advance(Duration.ofMillis(499));
        assertThat(known.find(fresh.text())).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(known.find(fresh.text())).isEmpty();
    }

    @Test
    void guessesAreNotKept() {
        String later = FreshToken.make(new SecureRandom(), "ann", Role.CLIENT, null, clock.instant(), null)
                .text();
        assertThat(known.find(later)).isEmpty();

        var row = FreshToken.make(new SecureRandom(), "ann", Role.CLIENT, null, clock.instant(), null)
                .row();
        store.insert(new TokenRow(
                row.id(), FreshToken.sha256(later), "ann", "client", null, clock.instant(), null, null, null));

        assertThat(known.find(later)).isPresent();
    }

    @Test
    void useIsNotedOnceAMinute() {
        String text = store.issue(Role.CLIENT, null);
        Instant first = clock.instant();

        known.find(text);
        clock.advance(Duration.ofSeconds(60));
        known.find(text);
        clock.advance(Duration.ofMillis(1));
        known.find(text);

        assertThat(store.touches).containsExactly(first, clock.instant());
    }

    @Test
    void refusedUseIsNotNoted() {
        String text = store.issue(Role.CLIENT, null);
        store.revokeAll(clock.instant());

        known.find(text);

        assertThat(store.touches).isEmpty();
    }
}
