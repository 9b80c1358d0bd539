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
/// @param extras what else is asked
public record Question(
        String title,
        String text,
        List<String> effects,
        String verb,
        Optional<String> alternative,
        String keep,
        Extras extras) {
    public Question {
        effects = List.copyOf(effects);
    }

    /// @param reason whether a reason may be given, for the audit
    /// @param suggested the reason if the operator gives no other; empty for none
    /// @param revert whether it may be done for a time only
    /// @param guard the word that has to be typed, unless the button is held; empty if a press is enough
    public record Extras(boolean reason, String suggested, boolean revert, String guard) {
        /// Nothing.
        public static final Extras NONE = new Extras(false, "", false, "");
        /// Why.
        public static final Extras REASON = new Extras(true, "", false, "");
        /// Why, and for how long.
        public static final Extras REASON_AND_TIME = new Extras(true, "", true, "");
    }
}
