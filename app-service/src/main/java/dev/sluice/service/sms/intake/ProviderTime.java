package dev.sluice.service.sms.intake;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalQuery;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// When a provider says that a text came, in any of the forms that are seen.
///
/// It only helps to put texts in order, so what cannot be read, or could be read two ways (03/04/2026),
/// is no error but unknown. Times without a zone are taken for UTC.
final class ProviderTime {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final int LONGEST = 40;
    /// Year, month, day, hour and minute.
    private static final int FEWEST_DIGITS = 8;
    private static final int DIGITS_OF_SECONDS = 10;
    private static final int DIGITS_OF_MILLIS = 13;

    private static final List<DateTimeFormatter> DATES = formats("uuuu-M-d", "uuuu/M/d", "uuuuMMdd", "d.M.uuuu");
    private static final DateTimeFormatter DAY_FIRST = format("d/M/uuuu");
    private static final DateTimeFormatter MONTH_FIRST = format("M/d/uuuu");
    private static final List<DateTimeFormatter> TIMES =
            formats("H:mm:ss[.SSS]", "H:mm", "h:mm[:ss] a", "h:mma", "HHmmss");

    private ProviderTime() {}

    /// Reads a whole time; null if it cannot be read.
    static @Nullable Instant read(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        String time = text.strip();
        if (time.chars().filter(Character::isDigit).count() < FEWEST_DIGITS) {
            return null;
        }
        Instant read = number(time);
        read = read != null ? read : parsed(time, Instant::parse);
        read = read != null
                ? read
                : parsed(
                        time,
                        t -> OffsetDateTime.parse(t.replaceFirst(" ", "T")).toInstant());
        read = read != null
                ? read
                : parsed(
                        time,
                        t -> ZonedDateTime.parse(t, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
        read = read != null
                ? read
                : parsed(
                        time, t -> LocalDateTime.parse(t.replaceFirst(" ", "T")).toInstant(ZoneOffset.UTC));
        if (read == null) {
            int gap = time.indexOf(time.indexOf('T') > 0 ? 'T' : ' ');
            read = gap < 0 ? null : read(time.substring(0, gap), time.substring(gap + 1));
        }
        return read == null || read.isBefore(EARLIEST) || read.isAfter(LATEST) ? null : read;
    }

    /// Reads a date and a time of the day; null if either cannot be read.
    static @Nullable Instant read(@Nullable String date, @Nullable String hour) {
        if (date == null || hour == null || date.length() + hour.length() > LONGEST) {
            return null;
        }
        LocalDate day = date(date.strip());
        LocalTime time = first(hour.strip().toUpperCase(Locale.ROOT), TIMES, LocalTime::from);
        if (day == null || time == null) {
            return null;
        }
        Instant read = LocalDateTime.of(day, time).toInstant(ZoneOffset.UTC);
        return read.isBefore(EARLIEST) || read.isAfter(LATEST) ? null : read;
    }

    private static @Nullable LocalDate date(String text) {
        LocalDate day = first(text, DATES, LocalDate::from);
        if (day != null) {
            return day;
        }
        LocalDate dayFirst = first(text, List.of(DAY_FIRST), LocalDate::from);
        LocalDate monthFirst = first(text, List.of(MONTH_FIRST), LocalDate::from);
        if (dayFirst == null || monthFirst == null || dayFirst.equals(monthFirst)) {
            return dayFirst == null ? monthFirst : dayFirst;
        }
        return null;
    }

    private static @Nullable Instant number(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> c < '0' || c > '9')) {
            return null;
        }
        return switch (text.length()) {
            case DIGITS_OF_SECONDS -> Instant.EPOCH.plus(Duration.ofSeconds(Long.parseLong(text)));
            case DIGITS_OF_MILLIS -> Instant.EPOCH.plus(Duration.ofMillis(Long.parseLong(text)));
            default -> null;
        };
    }

    private static <T> @Nullable T first(String text, List<DateTimeFormatter> formats, TemporalQuery<T> query) {
        for (DateTimeFormatter format : formats) {
            @Nullable T read = parsed(text, t -> format.parse(t, query));
            if (read != null) {
                return read;
            }
        }
        return null;
    }

    private static <T> @Nullable T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static List<DateTimeFormatter> formats(String... patterns) {
        return List.of(patterns).stream().map(ProviderTime::format).toList();
    }

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }
}
