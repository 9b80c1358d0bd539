package dev.sluice.service.thread;

import dev.sluice.model.thread.Turn;

/// What became of a claim to an idempotency key.
public sealed interface IdempotencyClaim {
    /// Nobody was answered under this key: ask. The turn that is stored with the key completes the claim.
    record Fresh() implements IdempotencyClaim {}

    /// The same request was answered less than 24 h ago.
    ///
    /// @param turn the answer it got
    record Answered(Turn turn) implements IdempotencyClaim {}

    /// Another body came with this key less than 24 h ago.
    record Conflict() implements IdempotencyClaim {}
}
