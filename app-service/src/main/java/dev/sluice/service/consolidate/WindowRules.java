package dev.sluice.service.consolidate;

import java.time.Duration;
import java.time.Instant;

/// How long items gather, and how many.
///
/// @param window from the first item to the deadline, or while [#sliding] from the latest; zero closes
///     every window
/// with
///     its first item
/// @param sliding whether each item moves the deadline
/// @param cap the longest a sliding window stays open, from its first item; at least `window`
/// @param maxItems the item that makes so many closes the window
/// @param maxBytes more than so many bytes do not go into one window, unless a single item has more
public record WindowRules(Duration window, boolean sliding, Duration cap, int maxItems, long maxBytes) {
    public WindowRules {
        if (window.isNegative() || maxItems < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a window has a length and room for at least one item");
        }
        if (cap.compareTo(window) < 0) {
            cap = window;
        }
    }

    /// Returns when a window is due that got its first and its latest item at these times.
    public Instant deadline(Instant first, Instant latest) {
        if (!sliding) {
            return first.plus(window);
        }
        Instant slid = latest.plus(window);
        Instant capped = first.plus(cap);
        return slid.isBefore(capped) ? slid : capped;
    }

    /// Returns these rules with another length, as one key may have.
    public WindowRules withWindow(Duration other) {
        return new WindowRules(other, sliding, cap, maxItems, maxBytes);
    }
}
