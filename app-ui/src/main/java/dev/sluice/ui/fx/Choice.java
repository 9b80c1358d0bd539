package dev.sluice.ui.fx;

import java.util.Arrays;
import java.util.Locale;

/// Something the operator can choose in the palette.
///
/// @param title what it is called
/// @param meaning what it does
/// @param keys the keys that do it without the palette; empty if there are none
/// @param icon the code of its icon
/// @param blocked why it cannot be done now; empty if it can
/// @param deed does it
public record Choice(String title, String meaning, String keys, String icon, String blocked, Runnable deed) {
    /// Returns whether each word of the text, which is in lower case, stands in its title or meaning.
    public boolean matches(String text) {
        var own = (title + " " + meaning).toLowerCase(Locale.ROOT);
        return text.isBlank() || Arrays.stream(text.strip().split("\\s+")).allMatch(own::contains);
    }
}
