package dev.sluice.service.replay;

/// What a log does while the store does not take its events.
public enum Refusal {
    /// It ends in an `error`, for it is the only record of what happens.
    END,
    /// It goes on in memory and is stored when the store is well again: the truth is kept elsewhere.
    GO_ON
}
