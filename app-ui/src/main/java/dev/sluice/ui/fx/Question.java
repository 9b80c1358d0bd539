package dev.sluice.ui.fx;

import java.util.List;
import java.util.Optional;

/// Something only the operator can decide.
///
/// @param title the question
/// @param text what it is about
/// @param effects what would happen, one sentence each
/// @param verb what the confirming button says: the deed, not "OK"
/// @param alternative a second deed, if there is one
/// @param keep what the button that changes nothing says
/// @param asksReason whether a reason may be given, for the audit
public record Question(
        String title,
        String text,
        List<String> effects,
        String verb,
        Optional<String> alternative,
        String keep,
        boolean asksReason) {
    public Question {
        effects = List.copyOf(effects);
    }
}
