package dev.sluice.ui.fx;

import java.util.Optional;

/// What the operator decided.
public sealed interface Answer {
    /// The deed is to be done.
    ///
    /// @param reason why, if said
    /// @param revertAfter after how long it is to be taken back, `10m`, if at all
    record Confirmed(Optional<String> reason, Optional<String> revertAfter) implements Answer {}

    /// The second deed is to be done.
    record Alternative() implements Answer {}

    /// Nothing is to be done.
    record Declined() implements Answer {}
}
