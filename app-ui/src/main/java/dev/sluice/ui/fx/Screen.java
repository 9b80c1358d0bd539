package dev.sluice.ui.fx;

import javafx.scene.Parent;

/// One page of the console. What it subscribes to when shown it releases when hidden.
public interface Screen {
    /// Returns its name, as the navigation shows it.
    String title();

    /// Returns the code of its icon.
    String icon();

    /// Returns its content.
    Parent node();

    /// Begins to follow the service.
    void onShow();

    /// Ceases to follow the service.
    void onHide();
}
