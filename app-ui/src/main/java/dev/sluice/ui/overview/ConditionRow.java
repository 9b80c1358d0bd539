package dev.sluice.ui.overview;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.parts.ConditionLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One condition that is not well.
///
/// @param name what is watched
/// @param detail what an operator should know
/// @param seen how often and when last
record ConditionRow(ConditionLevel level, String name, String detail, String seen) {
    /// Returns what is not well, the worst first.
    static List<ConditionRow> of(List<ConditionView> conditions, Instant now) {
        return conditions.stream()
                .filter(condition -> ConditionLevel.of(condition) != ConditionLevel.OK)
                .map(condition -> of(condition, now))
                .sorted((a, b) -> a.level().compareTo(b.level()))
                .toList();
    }

    private static ConditionRow of(ConditionView condition, Instant now) {
        var at = condition.lastAt();
        return new ConditionRow(
                ConditionLevel.of(condition),
                condition.name().replace('.', ' ').replace('-', ' '),
                condition.detail(),
                Figures.count(condition.count())
                        + (condition.count() == 1 ? " time" : " times")
                        + (at == null ? "" : ", last " + Figures.wholeAge(Duration.between(at, now)) + " ago"));
    }

    /// Returns it as one sentence.
    String spoken() {
        return level.sign().word() + ": " + name + ", " + detail + " " + seen;
    }
}
