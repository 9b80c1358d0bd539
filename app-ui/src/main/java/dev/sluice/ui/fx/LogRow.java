package dev.sluice.ui.fx;

/// One line of a [LogCanvas].
///
/// @param when its time
/// @param number its number; empty if it has none
/// @param name what happened, in a word
/// @param text the rest, in one line without control characters
/// @param tone how it is coloured; its words say the same
public record LogRow(String when, String number, String name, String text, Tone tone) {
    /// What a line's colour says.
    public enum Tone {
        /// Nothing.
        PLAIN,
        /// It ended well.
        GOOD,
        /// Something is missing or to be looked at.
        WARN,
        /// It went wrong.
        BAD
    }

    /// Returns it as one sentence.
    public String spoken() {
        return String.join(" ", when, number, name, text).strip();
    }
}
