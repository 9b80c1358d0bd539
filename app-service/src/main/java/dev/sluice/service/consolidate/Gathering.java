package dev.sluice.service.consolidate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an open window holds, and the rule by which an item finds its window. Immutable.
///
/// @param openedAt when its first item arrived
/// @param latestAt when its latest did
/// @param deadline when it is due; while it is held, when it would have been
/// @param items how many it holds
/// @param bytes how many bytes these have
/// @param held whether it stays open until it is released, however late or full
public record Gathering(Instant openedAt, Instant latestAt, Instant deadline, int items, long bytes, boolean held) {
    /// Finds the place of an arriving item: the open window, or, where that is due or full, the next one.
    ///
    /// @param open the key's open window; null if none is
    /// @param now when the item arrived
    /// @param bytes how many it has
    public static Placement place(
            @Nullable Gathering open, Instant now, long bytes, Urgency urgency, WindowRules rules) {
        if (urgency != Urgency.NONE) {
            boolean ends = urgency == Urgency.ENDING && open != null && !open.held;
            return new Placement(
                    ends ? CloseReason.AT_ONCE : null, true, first(now, bytes, rules), CloseReason.AT_ONCE);
        }
        CloseReason before = open == null ? null : open.closedBefore(now, bytes, rules);
        boolean opens = open == null || before != null;
        Gathering after = opens || open == null ? first(now, bytes, rules) : open.with(now, bytes, rules);
        return new Placement(before, opens, after, after.closedAfter(opens, rules));
    }

    /// Returns this as if it were held: nothing closes it.
    public Gathering kept() {
        return new Gathering(openedAt, latestAt, deadline, items, bytes, true);
    }

    private static Gathering first(Instant now, long bytes, WindowRules rules) {
        return new Gathering(now, now, rules.deadline(now, now), 1, bytes, false);
    }

    private Gathering with(Instant now, long more, WindowRules rules) {
        // a deadline that an operator moved is not moved back: only sliding rules move it, and only forward
        Instant slid = rules.sliding() ? rules.deadline(openedAt, now) : deadline;
        return new Gathering(openedAt, now, slid.isAfter(deadline) ? slid : deadline, items + 1, bytes + more, held);
    }

    private @Nullable CloseReason closedBefore(Instant now, long more, WindowRules rules) {
        if (held) {
            return null;
        }
        if (!now.isBefore(deadline)) {
            return CloseReason.DEADLINE;
        }
        return items >= rules.maxItems() || bytes + more > rules.maxBytes() ? CloseReason.FULL : null;
    }

    private @Nullable CloseReason closedAfter(boolean opened, WindowRules rules) {
        if (held) {
            return null;
        }
        if (opened && rules.window().isZero()) {
            return CloseReason.AT_ONCE;
        }
        return items >= rules.maxItems() || bytes >= rules.maxBytes() ? CloseReason.FULL : null;
    }

    /// Where an item goes.
    ///
    /// @param closesOpen why the window that was open closes without the item; null if it does not
    /// @param opens whether the item opens the next window, perhaps beside one that stays open
    /// @param after what the item's window holds with it
    /// @param closes why the item's window closes with it; null if it stays open
    public record Placement(
            @Nullable CloseReason closesOpen,
            boolean opens,
            Gathering after,
            @Nullable CloseReason closes) {}
}
