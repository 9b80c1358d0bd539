package dev.sluice.ui.change;

import java.time.Instant;

/// How far a change of one setting has come. Only the service's own event makes it [Confirmed].
public sealed interface Progress {
    /// Nothing is going on.
    record Settled() implements Progress {}

    /// The service is asked what would happen, or the operator whether it shall.
    record Checking() implements Progress {}

    /// The change is on its way.
    ///
    /// @param target the value asked for
    /// @param before the value it replaces
    /// @param seenVersion the version of the settings the operator saw
    record Sent(String target, String before, long seenVersion) implements Progress {}

    /// The service took it; its event is awaited.
    ///
    /// @param sent what was asked for
    /// @param version the version of the settings that holds it
    record Accepted(Sent sent, long version) implements Progress {}

    /// There was no answer, nor could the setting be read again.
    ///
    /// @param sent what was asked for
    /// @param reason why nothing is known
    record Unknown(Sent sent, String reason) implements Progress {}

    /// The service's event said that it is so.
    ///
    /// @param sent what was asked for
    /// @param at when the event was seen
    record Confirmed(Sent sent, Instant at) implements Progress {}

    /// It is not so, and this is why.
    record RolledBack(String reason) implements Progress {}

    /// Returns whether nothing else may be asked for meanwhile.
    default boolean busy() {
        return pending() || this instanceof Checking;
    }

    /// Returns whether the outcome is awaited.
    default boolean pending() {
        return this instanceof Sent || this instanceof Accepted || this instanceof Unknown;
    }
}
