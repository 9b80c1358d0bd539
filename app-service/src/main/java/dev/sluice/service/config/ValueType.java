package dev.sluice.service.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which values a setting takes. They are read leniently and kept in one canonical form.
public sealed interface ValueType {
    /// Returns the word used on the wire: `flag`, `duration`, `choice`, `number` or `text`.
    String word();

    /// Returns a value in canonical form.
    ///
    /// @param name the setting, for the message
    /// @throws IllegalArgumentException naming it and what is acceptable, never the value
    String canonical(String name, String text);

    /// Returns the acceptable values; empty if the type says it all.
    default List<String> choices() {
        return List.of();
    }

    /// Returns the least acceptable value in canonical form; null if there is none.
    default @Nullable String min() {
        return null;
    }

    /// Returns the greatest acceptable value in canonical form; null if there is none.
    default @Nullable String max() {
        return null;
    }

    /// On or off; `1` or `0`.
    record Flag() implements ValueType {
        private static final Set<String> ON = Set.of("1", "true", "yes", "on");
        private static final Set<String> OFF = Set.of("0", "false", "no", "off");

        @Override
        public String word() {
            return "flag";
        }

        @Override
        public String canonical(String name, String text) {
            String lower = text.strip().toLowerCase(Locale.ROOT);
            if (ON.contains(lower)) {
                return "1";
            }
            if (OFF.contains(lower)) {
                return "0";
            }
            throw new BadValueException(name, name + " must be 1/0, true/false, yes/no or on/off.");
        }
    }

    /// A length of time in whole milliseconds; see [Durations#canonical].
    record Span(Duration least, Duration most) implements ValueType {
        @Override
        public String word() {
            return "duration";
        }

        @Override
        public String canonical(String name, String text) {
            Duration duration = Durations.parse(name, text);
            if (duration.compareTo(least) < 0
                    || duration.compareTo(most) > 0
                    || !duration.equals(duration.truncatedTo(ChronoUnit.MILLIS))) {
                throw new BadValueException(
                        name, name + " must be from " + min() + " to " + max() + ", in whole milliseconds.");
            }
            return Durations.canonical(duration);
        }

        @Override
        public String min() {
            return Durations.canonical(least);
        }

        @Override
        public String max() {
            return Durations.canonical(most);
        }
    }

    /// One of a few words, lower case.
    record Choice(List<String> choices) implements ValueType {
        /// What YAML makes of a bare `on`.
        private static final String YAML_ON = "true";

        public Choice {
            choices = List.copyOf(choices);
        }

        @Override
        public String word() {
            return "choice";
        }

        @Override
        public String canonical(String name, String text) {
            String lower = text.strip().toLowerCase(Locale.ROOT);
            String word = lower.equals(YAML_ON) ? "on" : lower;
            if (!choices.contains(word)) {
                throw new BadValueException(name, name + " must be one of " + String.join(", ", choices) + ".");
            }
            return word;
        }
    }

    /// A whole number.
    record Whole(int least, int most) implements ValueType {
        @Override
        public String word() {
            return "number";
        }

        @Override
        public String canonical(String name, String text) {
            String digits = text.strip();
            if (digits.matches("[0-9]{1,9}")) {
                int number = Integer.parseInt(digits);
                if (number >= least && number <= most) {
                    return Integer.toString(number);
                }
            }
            throw new BadValueException(name, name + " must be a whole number from " + least + " to " + most + ".");
        }

        @Override
        public String min() {
            return Integer.toString(least);
        }

        @Override
        public String max() {
            return Integer.toString(most);
        }
    }

    /// A text, without outer white space; empty to have none.
    ///
    /// @param most characters, at most
    /// @param form what it must look like unless it is empty
    /// @param described the form in words, `two-letter countries, PH,US`
    /// @param upperCase whether small letters are taken for capital ones
    record Text(int most, Pattern form, String described, boolean upperCase) implements ValueType {
        @Override
        public String word() {
            return "text";
        }

        @Override
        public String canonical(String name, String text) {
            String stripped = upperCase ? text.strip().toUpperCase(Locale.ROOT) : text.strip();
            if (stripped.length() > most
                    || !(stripped.isEmpty() || form.matcher(stripped).matches())) {
                throw new BadValueException(
                        name, name + " must be " + described + ", at most " + most + " characters, or empty.");
            }
            return stripped;
        }

        // patterns have no equality of their own
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Text text
                    && text.most == most
                    && text.form.pattern().equals(form.pattern())
                    && text.described.equals(described)
                    && text.upperCase == upperCase;
        }

        @Override
        public int hashCode() {
            return described.hashCode();
        }
    }
}
