package dev.sluice.service.consolidate;

/// Whether an item waits with others.
public enum Urgency {
    /// It gathers with the other items of its key.
    NONE,
    /// It goes into a window of its own, which closes with it; the open window stays open beside it.
    BESIDE,
    /// It goes into a window of its own, which closes with it, and the open window closes before it
    /// unless it is held.
    ENDING
}
