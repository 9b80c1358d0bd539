package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderView;
import java.util.Map;
import java.util.Objects;

/// What an operator does about a sender whose texts wait.
enum SenderDeed {
    /// Handle its texts now.
    FLUSH("flush", "Flush", "flushed", "F", "fth-zap", "Handle the texts now, held or not"),
    /// Keep its window open.
    HOLD("hold", "Hold", "held", "H", "fth-lock", "Keep the window open, however late, and send nothing"),
    /// Let it go on.
    RELEASE("release", "Release", "released", "H", "fth-unlock", "Let it go on; what is overdue is handled at once"),
    /// Put its deadline off.
    EXTEND("extend", "Extend 60 s", "extended by 60 s", "E", "fth-clock", "Put the deadline off by a minute"),
    /// Never handle its texts.
    DROP(
            "drop",
            "Drop",
            "dropped",
            "D",
            "fth-trash-2",
            "Never handle the texts; they are kept and can be brought back"),
    /// Take the latest of these back.
    UNDO(
            "undo",
            "Undo",
            "undone",
            "U",
            "fth-corner-up-left",
            "Take back the latest action, as far as nothing came of it");

    private final String wire;
    private final String verb;
    private final String done;
    private final String key;
    private final String icon;
    private final String meaning;

    SenderDeed(String wire, String verb, String done, String key, String icon, String meaning) {
        this.wire = wire;
        this.verb = verb;
        this.done = done;
        this.key = key;
        this.icon = icon;
        this.meaning = meaning;
    }

    String wire() {
        return wire;
    }

    String verb() {
        return verb;
    }

    /// What its object is afterwards.
    String done() {
        return done;
    }

    /// The key that does it while no text is typed.
    String key() {
        return key;
    }

    String icon() {
        return icon;
    }

    String meaning() {
        return meaning;
    }

    boolean undoable() {
        return this != RELEASE && this != UNDO;
    }

    /// What it says to the service, the reason aside.
    Map<String, String> body() {
        return this == EXTEND ? Map.of("by", "60s") : Map.of();
    }

    /// Returns whether it makes sense.
    boolean fits(Target target) {
        return switch (this) {
            case FLUSH, EXTEND -> target.gathers();
            case HOLD -> !target.held();
            case RELEASE -> target.held();
            case DROP -> target.gathers() || target.state().equals("closed");
            case UNDO -> !target.undo().isEmpty();
        };
    }

    /// Returns whether it is asked first: what cannot be seen at a glance, or throws texts away.
    boolean asks(int targets) {
        return this == DROP || (targets > 1 && (this == FLUSH || this == RELEASE));
    }

    /// Returns whether it was done between two looks at a sender.
    boolean doneSince(Target before, SenderView now) {
        var after = Target.of(now);
        return switch (this) {
            case FLUSH, DROP -> !after.window().equals(before.window()) || !after.gathers();
            case HOLD -> now.held();
            case RELEASE -> !now.held();
            case EXTEND ->
                after.window().equals(before.window()) && after.deadline().isAfter(before.deadline());
            case UNDO -> !Objects.equals(after.undo(), before.undo());
        };
    }
}
