package dev.sluice.service.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads durations as operators write them: `60`, `60s`, `500ms`, `5m`, `2h`, `30d`, `PT60S`.
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");

    private Durations() {}

    /// @throws BadValueException if it is none
    public static Duration parse(String name, String text) {
        Matcher matcher = SHORT.matcher(text.strip());
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            String unit = matcher.group(2);
            return switch (unit == null ? "s" : unit) {
                case "ms" -> Duration.ofMillis(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                case "d" -> Duration.ofDays(amount);
                default -> Duration.ofSeconds(amount);
            };
        }
        try {
            Duration parsed = Duration.parse(text.strip());
            if (!parsed.isNegative()) {
                return parsed;
            }
        } catch (DateTimeParseException notIso) {
            throw malformed(name);
        }
        throw malformed(name);
    }

    /// Returns the one way a duration is written: in the largest unit of which it is two or more and
    /// whole, `500ms`, `60s`, `5m`, `24h`, `30d`.
    ///
    /// @param duration whole milliseconds, not negative
    public static String canonical(Duration duration) {
        long millis = duration.toMillis();
        for (Unit unit : Unit.values()) {
            if (millis % unit.millis == 0 && millis / unit.millis >= 2) {
                return millis / unit.millis + unit.symbol;
            }
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    private static BadValueException malformed(String name) {
        return new BadValueException(name, name + " must be a duration such as 60, 60s, 500ms, 5m, 2h or PT60S.");
    }

    private enum Unit {
        DAY("d", 86_400_000),
        HOUR("h", 3_600_000),
        MINUTE("m", 60_000),
        SECOND("s", 1_000);

        private final String symbol;
        private final long millis;

        Unit(String symbol, long millis) {
            this.symbol = symbol;
            this.millis = millis;
        }
    }
}
