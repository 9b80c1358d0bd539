package dev.sluice.ui.senders;

import dev.sluice.ui.fx.Figures;
import java.util.List;
import java.util.stream.Stream;

/// A deed as its button shows it.
///
/// @param text what the button says
/// @param why why it cannot be done; empty if it can
record DeedFace(SenderDeed deed, String text, String why) {
    /// The deeds in their order. One button holds and releases.
    static List<DeedFace> all(List<Target> targets, String obstacle) {
        boolean held = !targets.isEmpty() && targets.stream().allMatch(Target::held);
        return Stream.of(
                        SenderDeed.FLUSH,
                        held ? SenderDeed.RELEASE : SenderDeed.HOLD,
                        SenderDeed.EXTEND,
                        SenderDeed.DROP,
                        SenderDeed.UNDO)
                .map(deed -> of(deed, targets, obstacle))
                .toList();
    }

    boolean enabled() {
        return why.isEmpty();
    }

    private static DeedFace of(SenderDeed deed, List<Target> targets, String obstacle) {
        long fitting = targets.stream().filter(deed::fits).count();
        var why = !obstacle.isEmpty()
                ? obstacle
                : targets.isEmpty() ? "Choose a sender first" : fitting == 0 ? unfit(deed) : "";
        return new DeedFace(deed, fitting > 1 ? deed.verb() + " (" + Figures.count(fitting) + ")" : deed.verb(), why);
    }

    private static String unfit(SenderDeed deed) {
        return switch (deed) {
            case FLUSH, EXTEND -> "No window is open";
            case HOLD -> "Held already";
            case RELEASE -> "Not held";
            case DROP -> "No window can be dropped";
            case UNDO -> "Nothing to undo";
        };
    }
}
