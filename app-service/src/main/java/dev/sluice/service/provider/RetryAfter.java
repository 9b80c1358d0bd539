package dev.sluice.service.provider;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Reads when a provider wants to be asked again: `Retry-After` in seconds or as a date (RFC 9110, section
/// 10.2.3),
/// or `retry-after-ms` as OpenAI's own clients do.
public final class RetryAfter {
    /// More than this is taken as this: a mistyped date must not close a provider for a year.
    private static final Duration LONGEST = Duration.ofHours(24);

    private static final int MAX_DIGITS = 12;

    private RetryAfter() {}

    /// Returns the delay from now, 0 to 24 h; null if the headers name none or nothing sensible.
    public static @Nullable Duration read(HttpHeaders headers, InstantSource clock) {
        String millis = headers.firstValue("retry-after-ms").orElse("").strip();
        if (isCount(millis)) {
            return within(Duration.ofMillis(Long.parseLong(millis)));
        }
        String value = headers.firstValue("retry-after").orElse("").strip();
        if (isCount(value)) {
            return within(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant at = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return within(Duration.between(clock.instant(), at));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean isCount(String value) {
        return !value.isEmpty() && value.length() <= MAX_DIGITS && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Duration within(Duration delay) {
        if (delay.isNegative()) {
            return Duration.ZERO;
        }
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
