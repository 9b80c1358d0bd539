package dev.sluice.ui.change;

import dev.sluice.ui.fx.Question;

/// How a change of a setting is asked for.
///
/// @param title the question
/// @param text what it is about
/// @param verb what the confirming button says
/// @param keep what the button that changes nothing says
/// @param extras what else is asked
public record Wording(String title, String text, String verb, String keep, Question.Extras extras) {}
