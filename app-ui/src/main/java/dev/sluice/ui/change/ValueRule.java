package dev.sluice.ui.change;

import dev.sluice.model.ops.SettingView;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which values a setting takes, so that a mistake is told before it is sent. The service has the last word.
///
/// @param setting the setting
public record ValueRule(SettingView setting) {
    private static final Set<String> ON = Set.of("1", "true", "yes", "on");
    private static final Set<String> OFF = Set.of("0", "false", "no", "off");

    /// Returns what is wrong with a value, as a sentence; empty if nothing is.
    public Optional<String> problem(String text) {
        var value = text.strip();
        return switch (setting.type()) {
            case "flag" ->
                flag(value).isPresent() ? Optional.empty() : Optional.of("Must be on or off, not “" + value + "”.");
            case "duration" ->
                Spans.read(value).isPresent()
                        ? outside(value)
                        : Optional.of("Must be a duration such as 500ms, 60s, 5m or 2h.");
            case "number" -> number(value).isPresent() ? outside(value) : Optional.of("Must be a number.");
            case "choice" ->
                setting.rule().choices().isEmpty() || setting.rule().choices().contains(value)
                        ? Optional.empty()
                        : Optional.of("Must be one of "
                                + String.join(", ", setting.rule().choices()) + ".");
            default -> Optional.empty();
        };
    }

    /// Returns whether two values mean the same.
    public boolean same(String one, String other) {
        return one.equals(other) || (order(one).isPresent() && compare(one, other) == 0);
    }

    /// Returns which values are acceptable, in words; empty if the type says it all.
    public String told() {
        var rule = setting.rule();
        if (!rule.choices().isEmpty()) {
            return "One of " + String.join(", ", rule.choices());
        }
        if (rule.min() != null && rule.max() != null) {
            return "From " + rule.min() + " to " + rule.max();
        }
        return rule.min() != null ? "At least " + rule.min() : rule.max() != null ? "At most " + rule.max() : "";
    }

    private Optional<String> outside(String value) {
        boolean low = bound(setting.rule().min(), value) < 0;
        boolean high = bound(setting.rule().max(), value) > 0;
        return low || high ? Optional.of("Out of range. " + told() + ".") : Optional.empty();
    }

    private int bound(@Nullable String bound, String value) {
        return bound == null ? 0 : compare(value, bound);
    }

    private int compare(String one, String other) {
        return order(one).flatMap(a -> order(other).map(a::compareTo)).orElse(one.compareTo(other));
    }

    private Optional<BigDecimal> order(String value) {
        return switch (setting.type()) {
            case "duration" -> Spans.read(value).map(span -> BigDecimal.valueOf(span.toMillis()));
            case "number" -> number(value);
            case "flag" -> flag(value);
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> flag(String value) {
        var low = value.toLowerCase(Locale.ROOT);
        return ON.contains(low)
                ? Optional.of(BigDecimal.ONE)
                : OFF.contains(low) ? Optional.of(BigDecimal.ZERO) : Optional.empty();
    }

    private static Optional<BigDecimal> number(String value) {
        try {
            return Optional.of(new BigDecimal(value));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
