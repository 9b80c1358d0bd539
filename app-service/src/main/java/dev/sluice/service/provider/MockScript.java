package dev.sluice.service.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// How the simulated provider behaves.
///
/// @param firstToken latency to the first token, 0 to 10 min
/// @param perChunk time between chunks, 0 to 10 min
/// @param chunks chunks of an answer, at most 100 000; 0 means one for each word
/// @param failEvery every so many calls one ends in HTTP 500; 0 means none
/// @param rateLimitEvery every so many calls one ends in HTTP 429; 0 means none
/// @param retryAfter what a 429 advises, 0 to 10 min
public record MockScript(
        Duration firstToken, Duration perChunk, int chunks, int failEvery, int rateLimitEvery, Duration retryAfter) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_CHUNKS = 100_000;

    /// A fast first token, a few words in a blink, no failures.
    public static final MockScript DEFAULT =
            new MockScript(Duration.ofMillis(40), Duration.ofMillis(8), 0, 0, 0, Duration.ofSeconds(2));

    public MockScript {
        requireWithin("MOCK_TTFT_MS", firstToken);
        requireWithin("MOCK_CHUNK_MS", perChunk);
        requireWithin("MOCK_RETRY_AFTER_MS", retryAfter);
        requireWithin("MOCK_CHUNKS", chunks, MOST_CHUNKS);
        requireWithin("MOCK_FAIL_EVERY", failEvery, Integer.MAX_VALUE);
        requireWithin("MOCK_429_EVERY", rateLimitEvery, Integer.MAX_VALUE);
    }

    /// Reads MOCK_TTFT_MS, MOCK_CHUNK_MS, MOCK_CHUNKS, MOCK_FAIL_EVERY, MOCK_429_EVERY and MOCK_RETRY_AFTER_MS;
    /// what
    /// is absent is as in [#DEFAULT].
    ///
    /// @throws IllegalArgumentException if one is not a whole number in its range
    public static MockScript from(Function<String, Optional<String>> environment) {
        return new MockScript(
                millis(environment, "MOCK_TTFT_MS", DEFAULT.firstToken),
                millis(environment, "MOCK_CHUNK_MS", DEFAULT.perChunk),
                number(environment, "MOCK_CHUNKS", DEFAULT.chunks),
                number(environment, "MOCK_FAIL_EVERY", DEFAULT.failEvery),
                number(environment, "MOCK_429_EVERY", DEFAULT.rateLimitEvery),
                millis(environment, "MOCK_RETRY_AFTER_MS", DEFAULT.retryAfter));
    }

    private static Duration millis(Function<String, Optional<String>> environment, String name, Duration otherwise) {
        return Duration.ofMillis(number(environment, name, Math.toIntExact(otherwise.toMillis())));
    }

    private static int number(Function<String, Optional<String>> environment, String name, int otherwise) {
        String value = environment.apply(name).map(String::strip).orElse("");
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, got \"" + value + "\"", e);
        }
    }

    private static void requireWithin(String name, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " must be between 0 and " + LONGEST.toMillis() + ", got " + value.toMillis());
        }
    }

    private static void requireWithin(String name, int value, int most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(name + " must be between 0 and " + most + ", got " + value);
        }
    }
}
