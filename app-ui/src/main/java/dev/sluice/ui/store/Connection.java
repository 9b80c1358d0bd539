package dev.sluice.ui.store;

import java.time.Instant;

/// How the console stands to the service's event stream.
public sealed interface Connection {
    /// No stream yet.
    ///
    /// @param doing what is being done about it, as a sentence for the operator
    record Connecting(String doing) implements Connection {}

    /// The stream is open.
    record Live() implements Connection {}

    /// The stream broke or could not be opened; it is tried again without end.
    ///
    /// @param reason why, as a sentence for the operator
    /// @param attempt how many tries failed in a row, from 1
    /// @param nextTry when the next one begins, by this machine's clock
    record Broken(String reason, int attempt, Instant nextTry) implements Connection {}
}
