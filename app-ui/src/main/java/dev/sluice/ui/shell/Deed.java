package dev.sluice.ui.shell;

import dev.sluice.ui.fx.Choice;
import java.util.function.Supplier;
import javafx.scene.input.KeyCombination;

/// Something the window can do at any time, by key or by the palette.
///
/// @param title what it is called
/// @param meaning what it does
/// @param keys the keys that do it, as [KeyCombination#keyCombination] reads them; empty if there are none
/// @param icon the code of its icon
/// @param blocked why it cannot be done now; empty if it can
/// @param act does it
record Deed(String title, String meaning, String keys, String icon, Supplier<String> blocked, Runnable act) {
    /// Creates one that can always be done.
    static Deed free(String title, String meaning, String keys, String icon, Runnable act) {
        return new Deed(title, meaning, keys, icon, () -> "", act);
    }

    /// Returns the keys as people write them.
    String shownKeys() {
        return keys.replace("Shortcut", "Ctrl");
    }

    Choice choice() {
        return new Choice(title, meaning, shownKeys(), icon, blocked.get(), act);
    }
}
