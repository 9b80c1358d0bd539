package dev.sluice.service.session;

import java.util.Locale;
import java.util.Optional;

/// What a session is the life of.
public enum Kind {
    /// A chat flight.
    CHAT,
    /// A refactor job.
    REFACTOR,
    /// A batch of texts of one sender.
    SMS;

    /// Returns the word used on the wire and in the store.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Finds a kind by its word; empty if there is no such kind.
    public static Optional<Kind> parse(String word) {
        for (Kind kind : values()) {
            if (kind.wireName().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
