package dev.sluice.ui.parts;

import dev.sluice.model.ops.ConditionView;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How bad a condition is, with a word and a sign for it. From the worst to the best.
public enum ConditionLevel {
    /// Something is broken.
    CRITICAL("critical", "fth-alert-octagon"),
    /// Something will break.
    WARNING("warning", "fth-alert-triangle"),
    /// Something happened.
    NOTICE("notice", "fth-info"),
    /// All is well.
    OK("well", "fth-check-circle");

    private final String word;
    private final String icon;

    ConditionLevel(String word, String icon) {
        this.word = word;
        this.icon = icon;
    }

    /// Returns the level of a condition; what this console does not know is worth a notice.
    public static ConditionLevel of(ConditionView condition) {
        return Stream.of(values())
                .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(condition.level()))
                .findFirst()
                .orElse(NOTICE);
    }

    /// Returns the worst of all.
    public static ConditionLevel worst(List<ConditionView> conditions) {
        return conditions.stream()
                .map(ConditionLevel::of)
                .min(ConditionLevel::compareTo)
                .orElse(OK);
    }

    /// Counts the conditions by level: `1 critical, 2 warnings, 3 well`.
    public static String count(List<ConditionView> conditions) {
        return Stream.of(values())
                .map(level -> level.counted(conditions))
                .filter(text -> !text.startsWith("0 "))
                .collect(Collectors.joining(", "));
    }

    /// Counts the worst ones: `1 critical`; `All well` if none is worse than that.
    public static String headline(List<ConditionView> conditions) {
        var worst = worst(conditions);
        return worst == OK ? "All well" : worst.counted(conditions);
    }

    private String counted(List<ConditionView> conditions) {
        long count = conditions.stream().filter(each -> of(each) == this).count();
        return count + " " + word + (count > 1 && this == WARNING ? "s" : "");
    }

    /// Returns how it is shown.
    public Sign sign() {
        return new Sign(
                word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1),
                icon,
                "condition-" + name().toLowerCase(Locale.ROOT));
    }
}
