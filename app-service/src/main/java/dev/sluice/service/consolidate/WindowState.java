package dev.sluice.service.consolidate;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How far a window is.
public enum WindowState {
    /// It gathers until its deadline.
    OPEN,
    /// It gathers until it is released.
    HELD,
    /// It takes nothing more and waits for its turn.
    CLOSED,
    /// It is being processed, or was when the process died.
    CLAIMED,
    /// It was processed.
    DONE,
    /// It could not be processed and is left for an operator.
    QUARANTINED,
    /// An operator dropped it.
    DROPPED;

    private static final Map<String, WindowState> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(WindowState::wireName, state -> state));

    /// Returns the word used in the store and on the wire.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns whether its items still gather, or wait to be processed.
    public boolean unfinished() {
        return switch (this) {
            case OPEN, HELD, CLOSED, CLAIMED -> true;
            case DONE, QUARANTINED, DROPPED -> false;
        };
    }

    /// Reads the stored word.
    ///
    /// @throws IllegalArgumentException if it is none
    public static WindowState of(String word) {
        WindowState state = BY_NAME.get(word);
        if (state == null) {
            throw new IllegalArgumentException("no state of a window: " + word);
        }
        return state;
    }
}
