package dev.sluice.model.sms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A text, or a whole call, that was not taken.
///
/// @param account the dialect it came by
/// @param reason a word: `bad_number`, `bad_signature`, `guid_conflict` ...
/// @param sender masked; null if it is not known
/// @param detail a sentence without personal data
public record RefusedText(
        String id,
        Instant at,
        String account,
        String reason,
        @Nullable String sender,
        String detail) {}
