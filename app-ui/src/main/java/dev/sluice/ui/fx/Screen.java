package dev.sluice.ui.fx;

import java.util.List;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;

/// One page of the console. What it subscribes to when shown it releases when hidden.
public interface Screen {
    /// Returns which page it is.
    Place place();

    /// Returns its content.
    Parent node();

    /// Begins to follow the service.
    void onShow();

    /// Ceases to follow the service.
    void onHide();

    /// Shows only what matches, if the page can be searched.
    default void search(String text) {}

    /// Gives the keyboard to what searches the page, if anything does.
    default void focusSearch() {}

    /// Returns what can be done on the page now, for the palette.
    default List<Choice> choices() {
        return List.of();
    }

    /// Returns how much waits on the page for the operator; an empty text if nothing does.
    default ObservableValue<String> badge() {
        return new ReadOnlyStringWrapper("");
    }
}
