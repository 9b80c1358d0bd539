package dev.sluice.ui.fx;

/// Whether the console is light or dark.
public enum Theme {
    /// Dark on light.
    LIGHT,
    /// Light on dark.
    DARK,
    /// As the desktop is.
    SYSTEM
}
