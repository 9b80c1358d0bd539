package dev.sluice.ui.senders;

import dev.sluice.model.sms.SenderRow;
import dev.sluice.model.sms.SenderView;
import java.time.Instant;
import java.util.Objects;

/// A sender as far as deeds go by it.
///
/// @param state its window's; empty if it has none
/// @param window its window's id; empty if it has none
/// @param deadline its window's; the epoch if it has none
/// @param undo what an undo would take back; empty if nothing
record Target(
        String id,
        String address,
        String state,
        String window,
        Instant deadline,
        int texts,
        boolean held,
        String undo) {
    static Target of(SenderRow row) {
        return new Target(
                row.senderId(),
                row.address(),
                row.state(),
                row.windowId(),
                row.deadlineAt(),
                row.texts(),
                row.held(),
                Objects.requireNonNullElse(row.undo(), ""));
    }

    static Target of(SenderView view) {
        return new Target(
                view.senderId(),
                view.address(),
                Objects.requireNonNullElse(view.state(), ""),
                Objects.requireNonNullElse(view.windowId(), ""),
                Objects.requireNonNullElse(view.deadlineAt(), Instant.EPOCH),
                view.pending().size(),
                view.held(),
                Objects.requireNonNullElse(view.undo(), ""));
    }

    /// Returns whether its window still takes texts.
    boolean gathers() {
        return state.equals("open") || state.equals("held");
    }
}
