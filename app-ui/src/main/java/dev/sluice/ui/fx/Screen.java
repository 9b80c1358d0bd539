package dev.sluice.ui.fx;

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
}
