package dev.sluice.ui.change;

/// What became of a command, as a sentence.
///
/// @param text the sentence; empty if there is nothing to say
/// @param mood what kind it is
public record Note(String text, Mood mood) {
    /// Nothing to say.
    public static final Note NONE = new Note("", Mood.QUIET);
}
