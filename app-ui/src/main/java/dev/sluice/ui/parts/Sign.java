package dev.sluice.ui.parts;

/// A state as people see it: a word with an icon, so that colour is never alone.
///
/// @param word the state in a word
/// @param icon the code of its icon
/// @param style the style class that colours the icon
public record Sign(String word, String icon, String style) {}
