package dev.sluice.ui.store;

/// How the console stands to the events of an open session.
public sealed interface Following {
    /// What is recorded is being read.
    record Reading() implements Following {}

    /// The session runs, and each event is shown as it happens.
    record Live() implements Following {}

    /// The session runs, but its events cannot be read now; it is tried again without end.
    ///
    /// @param reason why, as a sentence for the operator
    record Broken(String reason) implements Following {}

    /// All there is was read.
    record Ended() implements Following {}

    /// The service does not show its events.
    ///
    /// @param reason why, as a sentence for the operator
    record Refused(String reason) implements Following {}
}
