package dev.sluice.ui.fx;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How the console writes numbers, ages and times: always with a unit, in few characters, of steady width.
public final class Figures {
    /// What stands where nothing is known.
    public static final String UNKNOWN = "–";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_TIME = DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH);

    private Figures() {}

    /// Writes a count: `12,345`.
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// Writes a share: `37.5 %`.
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    /// Writes a rate: `3.2/s`.
    public static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f/s", perSecond);
    }

    /// Writes milliseconds: `0 ms`, `840 ms`, `1.24 s`.
    public static String millis(double millis) {
        return millis < 1000
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }

    /// Writes bytes: `840 B`, `12.4 kB`.
    public static String bytes(long bytes) {
        return bytes < 1000 ? bytes + " B" : String.format(Locale.ROOT, "%.1f kB", bytes / 1000.0);
    }

    /// Writes an age: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`.
    public static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, age.toMillis()) / 1000.0);
        }
        return longAge(seconds);
    }

    /// Writes an age without tenths: `4 s`, `3 min 05 s`.
    public static String wholeAge(Duration age) {
        return longAge(Math.max(0, age.toSeconds()));
    }

    private static String longAge(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }

    /// Writes a place in a recording: `0:04.120`, `12:00.000`, `1:02:03.000`.
    public static String offset(Duration from) {
        return from.toHours() == 0
                ? String.format(
                        Locale.ROOT, "%d:%02d.%03d", from.toMinutes(), from.toSecondsPart(), from.toMillisPart())
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d.%03d",
                        from.toHours(),
                        from.toMinutesPart(),
                        from.toSecondsPart(),
                        from.toMillisPart());
    }

    /// Writes a time of day.
    public static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    /// Writes a day and time.
    public static String dayTime(Instant at, ZoneId zone) {
        return DAY_TIME.format(at.atZone(zone));
    }
}
