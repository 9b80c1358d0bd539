package dev.sluice.ui.change;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads durations as operators write them: `60`, `60s`, `500ms`, `5m`, `2h`, `30d`, `PT60S`.
public final class Spans {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");

    private Spans() {}

    /// Reads one; empty if it is none.
    public static Optional<Duration> read(String text) {
        var matcher = SHORT.matcher(text.strip());
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            var unit = matcher.group(2);
            return Optional.of(
                    switch (unit == null ? "s" : unit) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        case "d" -> Duration.ofDays(amount);
                        default -> Duration.ofSeconds(amount);
                    });
        }
        try {
            return Optional.of(Duration.parse(text.strip())).filter(span -> !span.isNegative());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
