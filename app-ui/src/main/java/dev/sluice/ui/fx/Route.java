package dev.sluice.ui.fx;

/// Leads to another screen.
@FunctionalInterface
public interface Route {
    /// Opens a screen.
    ///
    /// @param search what to look for there; empty for everything
    void open(Place place, String search);
}
