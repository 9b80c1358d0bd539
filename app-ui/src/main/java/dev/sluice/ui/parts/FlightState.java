package dev.sluice.ui.parts;

import java.util.Locale;

/// Where a flight is in its course, with a word and a sign for it, so that colour is never alone.
public enum FlightState {
    /// Waits for a provider slot.
    QUEUED("Queued", "fth-clock"),
    /// Called, without an answer yet.
    CALLING("Calling", "fth-phone-outgoing"),
    /// Text arrives.
    STREAMING("Streaming", "fth-activity"),
    /// An operator's cancel is under way.
    CANCELLING("Cancelling…", "fth-loader"),
    /// Ended well.
    DONE("Done", "fth-check"),
    /// Ended badly.
    FAILED("Failed", "fth-alert-triangle"),
    /// Ended by will.
    CANCELLED("Cancelled", "fth-slash"),
    /// A state this console does not know: the service is newer.
    OTHER("Other", "fth-help-circle");

    private final String word;
    private final String icon;

    FlightState(String word, String icon) {
        this.word = word;
        this.icon = icon;
    }

    static FlightState of(String wire) {
        for (var state : values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(wire)) {
                return state;
            }
        }
        return OTHER;
    }

    /// Returns how it is shown.
    public Sign sign() {
        return new Sign(word, icon, "flight-" + name().toLowerCase(Locale.ROOT));
    }
}
