package dev.sluice.service.provider;

import java.time.Duration;
import java.util.Optional;

/// Whether and when a call that failed is made once more.
///
/// @param most tries after the first
/// @param backoff the pause before the first retry, about; it doubles with each
/// @param longestPause a provider that wants more (`Retry-After`) is not waited for
/// @param budget no try begins later than this after the flight did
public record RetryPolicy(int most, Duration backoff, Duration longestPause, Duration budget) {
    /// Two retries after about 0.5 s and 1 s, or when the provider says, up to 20 s; within 110 s, so that
    /// a listener with the default deadline of 120 s still hears of it.
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(2, Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(110));

    /// Returns how long to pause before the next try; empty if there is to be none.
    ///
    /// Never earlier than the provider's `Retry-After`. The jitter keeps flights that failed together from
    /// coming back together.
    ///
    /// @param failure how the latest try failed, before any text had come
    /// @param retries tries made after the first
    /// @param elapsed since the flight began
    /// @param random 0 to 1
    public Optional<Duration> pause(ProviderException failure, int retries, Duration elapsed, double random) {
        if (retries >= most || !failure.transientFailure()) {
            return Optional.empty();
        }
        Duration half = backoff.multipliedBy(1L << retries).dividedBy(2);
        Duration jitter = Duration.ofNanos((long) (half.toNanos() * random));
        Duration pause = failure.retryAfter().orElse(half).plus(jitter);
        boolean tooLong = failure.retryAfter()
                .filter(wait -> wait.compareTo(longestPause) > 0)
                .isPresent();
        return tooLong || elapsed.plus(pause).compareTo(budget) > 0 ? Optional.empty() : Optional.of(pause);
    }
}
