package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderView;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What became of one deed on some senders. Thread-safe while it is filled; read afterwards.
final class DeedOutcome {
    private final SenderDeed deed;
    private final List<Target> targets = new ArrayList<>();
    private final List<SenderView> views = new ArrayList<>();
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private boolean unknown;

    DeedOutcome(SenderDeed deed) {
        this.deed = deed;
    }

    SenderDeed deed() {
        return deed;
    }

    synchronized void done(Target target, SenderView now) {
        targets.add(target);
        views.add(now);
    }

    synchronized void refused(String reason) {
        failures.merge(reason, 1, Integer::sum);
    }

    synchronized void unknown(String reason) {
        unknown = true;
        refused(reason);
    }

    /// Those it was done to.
    List<Target> targets() {
        return targets;
    }

    /// Those it was done to, as they are since.
    List<SenderView> views() {
        return views;
    }

    Note note() {
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        var why = failures.entrySet().stream()
                .map(each -> (failures.size() > 1 ? each.getValue() + "× " : "") + sentence(each.getKey()))
                .collect(Collectors.joining(" "));
        if (failed == 0) {
            return new Note(DeedWords.done(deed, targets) + ", confirmed by the service.", Mood.GOOD);
        }
        if (unknown) {
            return new Note("Nobody knows yet whether it was done: " + why, Mood.BAD);
        }
        return new Note(
                targets.isEmpty()
                        ? "Not " + deed.done() + ": " + why
                        : DeedWords.done(deed, targets) + ", " + failed + " not: " + why,
                Mood.BAD);
    }

    private static String sentence(String reason) {
        return reason.endsWith(".") ? reason : reason + ".";
    }
}
