package dev.sluice.service.sms;

/// What became of a text that arrived.
sealed interface Receipt {
    /// The window that the text is in.
    String windowId();

    /// It is stored.
    ///
    /// @param items how many texts the window has with it
    /// @param opened whether the window opened with it
    /// @param twin whether it repeats another text of the sender and is not counted
    record Stored(String windowId, int items, boolean opened, boolean twin) implements Receipt {}

    /// It was here before, and nothing changed.
    ///
    /// @param conflict whether it was another text under the same guid
    record Duplicate(String windowId, boolean conflict) implements Receipt {}
}
