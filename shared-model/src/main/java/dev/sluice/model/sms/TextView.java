package dev.sluice.model.sms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A text.
///
/// @param receivedAt when it arrived here
/// @param saidAt what its place in the batch goes by
/// @param characters how long it is; 0 once it was forgotten
/// @param text null if the caller may not see it, or it was forgotten
/// @param twinOf the text that it repeats; null if it counts
/// @param conflicts deliveries of the same guid with another text, which were not taken
public record TextView(
        String id,
        String account,
        Instant receivedAt,
        Instant saidAt,
        int characters,
        @Nullable String text,
        @Nullable String twinOf,
        int conflicts) {}
