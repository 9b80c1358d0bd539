package dev.sluice.service.sms;

import dev.sluice.service.sms.text.ConsentWord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An arrival and what can be said of it without the database.
///
/// @param id what its text is stored as
/// @param word what it says about consent, whoever sent it
/// @param bytes its length in UTF-8
record Message(Arrival arrival, String id, String digest, Optional<ConsentWord> word, long bytes) {
    static Message of(Arrival arrival, String id) {
        String text = arrival.text();
        return new Message(
                arrival, id, Digest.of(text), ConsentWord.of(text), text.getBytes(StandardCharsets.UTF_8).length);
    }

    /// Returns what it says about consent: a plain yes takes a STOP back.
    ///
    /// @param optedOut whether its sender said STOP before
    Optional<ConsentWord> consent(boolean optedOut) {
        return word.or(
                () -> optedOut && ConsentWord.yes(arrival.text()) ? Optional.of(ConsentWord.START) : Optional.empty());
    }
}
