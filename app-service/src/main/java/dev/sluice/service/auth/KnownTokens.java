package dev.sluice.service.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks tokens up by their text, sparing the store the same question within a second.
///
/// Only tokens that exist are kept, so guesses cannot fill it. Thread-safe.
final class KnownTokens {
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final TokenStore tokens;
    private final InstantSource clock;
    private final Cache<String, Known> rows;
    private final Cache<String, Instant> touched;

    KnownTokens(TokenStore tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
        this.rows = Caffeine.newBuilder().maximumSize(MOST).build();
        this.touched = Caffeine.newBuilder().maximumSize(MOST).build();
    }

    /// Finds the token if it works now, and notes its use.
    Optional<TokenRow> find(String text) {
        String sha256 = FreshToken.sha256(text);
        Instant now = clock.instant();
        TokenRow row = row(sha256, now);
        if (row == null || !same(row.sha256(), sha256) || !row.worksAt(now)) {
            return Optional.empty();
        }
        touch(row.id(), now);
        return Optional.of(row);
    }

    private @Nullable TokenRow row(String sha256, Instant now) {
        Known kept = rows.getIfPresent(sha256);
        if (kept != null && kept.freshAt(now)) {
            return kept.row();
        }
        var found = tokens.findBySha256(sha256);
        found.ifPresentOrElse(row -> rows.put(sha256, new Known(row, now)), () -> rows.invalidate(sha256));
        return found.orElse(null);
    }

    private void touch(String id, Instant now) {
        Instant last = touched.getIfPresent(id);
        if (last == null || now.isAfter(last.plus(TOUCH_EVERY))) {
            touched.put(id, now);
            tokens.touch(id, now);
        }
    }

    /// In constant time, so that how much of a guess is right does not show.
    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
    }

    private record Known(TokenRow row, Instant readAt) {
        /// A clock that was set back must not keep a revoked token alive.
        boolean freshAt(Instant now) {
            return !now.isBefore(readAt) && !now.isAfter(readAt.plus(KEPT));
        }
    }
}
