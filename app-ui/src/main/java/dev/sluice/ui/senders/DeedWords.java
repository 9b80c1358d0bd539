package dev.sluice.ui.senders;

import dev.sluice.ui.fx.Question;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How deeds on senders are asked for and told.
final class DeedWords {
    private DeedWords() {}

    static Question question(SenderDeed deed, List<Target> targets) {
        int texts = targets.stream().mapToInt(Target::texts).sum();
        var who = who(targets);
        return new Question(
                deed.verb() + " " + who + "?",
                deed.meaning() + ".",
                List.of(
                        effect(deed, targets.size(), counted(texts, "text")),
                        "It can be undone as long as nothing came of it."),
                deed.verb() + " " + (targets.size() == 1 ? "the texts" : counted(targets.size(), "sender")),
                Optional.empty(),
                "Leave " + (targets.size() == 1 ? "it" : "them"),
                Question.Extras.REASON);
    }

    /// @param asked for how many the service has answered
    static String pending(SenderDeed deed, List<Target> targets, int asked) {
        return "Pending: " + deed.verb().toLowerCase(Locale.ROOT) + " for " + who(targets)
                + (asked == 0 ? "" : String.format(Locale.ROOT, ", %,d answered", asked)) + "…";
    }

    static String done(SenderDeed deed, List<Target> targets) {
        if (deed == SenderDeed.UNDO) {
            return "The latest action on " + who(targets) + " is undone";
        }
        return who(targets) + (targets.size() == 1 ? " is " : " are ") + deed.done();
    }

    /// Writes `1 text`, `3 texts`, `4 batches`.
    static String counted(long count, String what) {
        return String.format(Locale.ROOT, "%,d ", count) + (count == 1 ? what : plural(what));
    }

    /// Writes `texts`, `batches`, `replies`.
    static String plural(String what) {
        return what.endsWith("y")
                ? what.substring(0, what.length() - 1) + "ies"
                : what + (what.endsWith("ch") ? "es" : "s");
    }

    private static String who(List<Target> targets) {
        return targets.size() == 1 ? targets.getFirst().address() : counted(targets.size(), "sender");
    }

    private static String effect(SenderDeed deed, int senders, String texts) {
        var each = senders == 1 ? "" : ", one batch for each sender";
        return switch (deed) {
            case DROP -> texts + " will not be classified and not be answered.";
            case FLUSH -> texts + " are classified, and answered if auto-reply is on, now" + each + ".";
            default -> texts + " are concerned.";
        };
    }
}
