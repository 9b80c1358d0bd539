package dev.sluice.ui.change;

import java.util.Locale;

/// The kind of a note, with an icon so that colour is never alone.
public enum Mood {
    /// Nothing to do about it.
    QUIET("fth-info"),
    /// Something is awaited.
    WAITING("fth-loader"),
    /// It is so.
    GOOD("fth-check-circle"),
    /// It is not so.
    BAD("fth-alert-triangle");

    private final String icon;

    Mood(String icon) {
        this.icon = icon;
    }

    /// Returns the code of its icon.
    public String icon() {
        return icon;
    }

    /// Returns its pseudo class for the style sheet.
    public String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
