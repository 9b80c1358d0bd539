package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderRow;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.parts.Sign;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One sender whose texts wait. What time alone changes is not in it, so that it is drawn anew only when
/// something happened; see [#left].
///
/// @param pending what was asked for it and is not confirmed yet; null if nothing is
record PendingRow(SenderRow sender, Sign state, @Nullable SenderDeed pending) {
    static PendingRow of(SenderRow sender, @Nullable SenderDeed pending) {
        return new PendingRow(sender, pending == null ? sign(sender) : waiting(pending), pending);
    }

    String id() {
        return sender.senderId();
    }

    /// What an operator has to know besides.
    String remarks() {
        var waits = sender.waiting() == 0 ? "" : sender.waiting() + " more waiting";
        var held = sender.held() && !sender.state().equals("held") ? "replies held" : "";
        var out = sender.optedOut() ? "opted out" : "";
        var kind = sender.kind().equals("number") ? "" : sender.kind().replace('_', ' ');
        return String.join(
                " · ",
                Stream.of(waits, held, out, kind)
                        .filter(each -> !each.isEmpty())
                        .toList());
    }

    /// How long until its window closes, in words.
    String left(Instant now) {
        return switch (sender.state()) {
            case "open" -> deadline(now, "closes now");
            case "held" ->
                sender.deadlineAt().isAfter(now) ? "held, " + deadline(now, "") + " left" : "held, " + overdue(now);
            case "closed" -> "its turn is next";
            default -> "in process";
        };
    }

    /// The part of its window that is left, from 1 to 0.
    double share(Instant now) {
        double whole = Duration.between(sender.openedAt(), sender.deadlineAt()).toMillis();
        double left = Duration.between(now, sender.deadlineAt()).toMillis();
        boolean runs = sender.state().equals("open") || sender.state().equals("held");
        return !runs || whole <= 0 ? 0 : Math.clamp(left / whole, 0, 1);
    }

    /// Returns whether it contains the text, which is in lower case.
    boolean mentions(String text) {
        return String.join("\n", sender.address(), sender.org(), state.word(), remarks(), sender.senderId())
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }

    private String deadline(Instant now, String over) {
        long millis = Duration.between(now, sender.deadlineAt()).toMillis();
        // rounded up: nothing is over before it is
        return millis <= 0 ? over : Figures.wholeAge(Duration.ofSeconds((millis + 999) / 1_000));
    }

    private String overdue(Instant now) {
        return "overdue " + Figures.wholeAge(Duration.between(sender.deadlineAt(), now));
    }

    private static Sign sign(SenderRow sender) {
        return switch (sender.state()) {
            case "open" -> new Sign("Gathering", "fth-inbox", "window-open");
            case "held" -> new Sign("Held", "fth-lock", "window-held");
            case "closed" -> new Sign("Waiting", "fth-clock", "window-closed");
            case "claimed" -> new Sign("In process", "fth-loader", "window-claimed");
            default -> new Sign(sender.state(), "fth-help-circle", "window-other");
        };
    }

    private static Sign waiting(SenderDeed deed) {
        return new Sign(deed.verb() + ", pending", "fth-loader", "window-pending");
    }
}
