package dev.sluice.service.sms;

import dev.sluice.service.consolidate.WindowRules;
import dev.sluice.service.consolidate.WindowStore.Redating;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A change of deadlines in terms of the table `windows`. Its parameters are `?3` and those that follow;
/// the two before are for who uses it. Immutable.
///
/// @param deadline the new deadline, in microseconds
/// @param moves whether that is another one than before
/// @param adopts what else is set, whether the deadline moves or not; empty if nothing is
/// @param differs whether that is something else than before
/// @param ofDeadline the parameters of `deadline` and `moves`, with which those of the rest begin
/// @param ofRest the further parameters of `adopts` and `differs`
record DeadlineTarget(
        String deadline,
        String moves,
        String adopts,
        String differs,
        List<Object> ofDeadline,
        List<@Nullable Object> ofRest) {

    static DeadlineTarget of(Redating how, Instant now) {
        return switch (how) {
            case Redating.ByRules(WindowRules rules) -> rules.sliding() ? sliding(rules) : fixed(rules);
            case Redating.DueNow() -> earlier("MIN(deadline_at, ?3)", now);
            case Redating.WithinLength() -> earlier("MIN(deadline_at, ?3 + length_ms * 1000)", now);
        };
    }

    /// Returns the parameters of what names deadlines only.
    @Nullable
    Object[] parameters(String first, @Nullable Object second) {
        var all = new ArrayList<@Nullable Object>(Arrays.asList(first, second));
        all.addAll(ofDeadline);
        return all.toArray();
    }

    /// Returns what is set where the deadline moves.
    String changes() {
        return "deadline_at = " + deadline + (adopts.isEmpty() ? "" : ", " + adopts);
    }

    /// Returns the parameters of what changes windows.
    @Nullable
    Object[] allParameters(String first, @Nullable Object second) {
        var all = new ArrayList<@Nullable Object>(Arrays.asList(parameters(first, second)));
        all.addAll(ofRest);
        return all.toArray();
    }

    private static DeadlineTarget fixed(WindowRules rules) {
        return adopted(
                "opened_at + ?3",
                "length_ms = ?4, slide_ms = NULL, cap_ms = NULL",
                "length_ms <> ?4 OR slide_ms IS NOT NULL OR cap_ms IS NOT NULL",
                List.of(micros(rules.window())),
                List.of(rules.window().toMillis()));
    }

    private static DeadlineTarget sliding(WindowRules rules) {
        return adopted(
                "MIN(latest_at + ?3, opened_at + ?4)",
                "length_ms = ?5, slide_ms = ?5, cap_ms = ?6",
                "length_ms <> ?5 OR slide_ms IS NOT ?5 OR cap_ms IS NOT ?6",
                List.of(micros(rules.window()), micros(rules.cap())),
                List.of(rules.window().toMillis(), rules.cap().toMillis()));
    }

    /// A window that is retimed goes by the new rules from then on, after a restart too; one whose sender
    /// has rules of its own keeps all of them.
    private static DeadlineTarget adopted(
            String deadline, String adopts, String differs, List<Object> ofDeadline, List<@Nullable Object> ofRest) {
        return new DeadlineTarget(
                deadline,
                "own_rules = 0 AND deadline_at <> " + deadline,
                adopts,
                "own_rules = 0 AND (" + differs + ")",
                ofDeadline,
                ofRest);
    }

    private static DeadlineTarget earlier(String deadline, Instant now) {
        return new DeadlineTarget(deadline, "deadline_at <> " + deadline, "", "", List.of(now), List.of());
    }

    private static long micros(Duration length) {
        return TimeUnit.MICROSECONDS.convert(length);
    }
}
