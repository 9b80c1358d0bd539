package dev.sluice.ui.fx;

import java.util.Optional;

/// What the operator decided.
public sealed interface Answer {
    /// The deed is to be done.
    ///
    /// @param reason why, if said
    record Confirmed(Optional<String> reason) implements Answer {}

    /// The second deed is to be done.
    record Alternative() implements Answer {}

    /// Nothing is to be done.
    record Declined() implements Answer {}
}
