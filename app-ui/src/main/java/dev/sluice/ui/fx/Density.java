package dev.sluice.ui.fx;

/// How much room things get.
public enum Density {
    /// Room to breathe.
    COMFORTABLE,
    /// More rows in sight.
    COMPACT
}
