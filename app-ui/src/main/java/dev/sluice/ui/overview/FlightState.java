package dev.sluice.ui.overview;

import java.util.Locale;

/// Where a flight is in its course, with a word and a sign for it, so that colour is never alone.
enum FlightState {
    QUEUED("Queued", "fth-clock"),
    CALLING("Calling", "fth-phone-outgoing"),
    STREAMING("Streaming", "fth-activity"),
    DONE("Done", "fth-check"),
    FAILED("Failed", "fth-alert-triangle"),
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

    String word() {
        return word;
    }

    String icon() {
        return icon;
    }

    /// Returns the style class of its sign.
    String style() {
        return "flight-" + name().toLowerCase(Locale.ROOT);
    }
}
