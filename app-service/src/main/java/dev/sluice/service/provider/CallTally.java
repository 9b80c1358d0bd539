package dev.sluice.service.provider;

import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Counts what became of the calls to one provider since start. Thread-safe.
public final class CallTally {
    private final LongAdder calls = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder rateLimited = new LongAdder();
    private volatile @Nullable Failure last;

    /// Counts a call that is about to be made.
    ///
    /// @param retry whether it is a second or later try
    public void called(boolean retry) {
        calls.increment();
        if (retry) {
            retries.increment();
        }
    }

    /// Counts a call's failure.
    public void failed(ProviderException failure, Instant at) {
        failures.increment();
        if (failure.kind() == Kind.RATE_LIMITED) {
            rateLimited.increment();
        }
        last = new Failure(failure.message(), at);
    }

    public long calls() {
        return calls.sum();
    }

    public long retries() {
        return retries.sum();
    }

    /// Returns how many calls failed, those answered with 429 included.
    public long failures() {
        return failures.sum();
    }

    public long rateLimited() {
        return rateLimited.sum();
    }

    /// Returns the latest failure; empty if there was none.
    public Optional<Failure> last() {
        return Optional.ofNullable(last);
    }

    /// @param message what clients were told, without secrets
    public record Failure(String message, Instant at) {}
}
