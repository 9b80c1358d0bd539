package dev.sluice.service.sms;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A reply as it is stored.
///
/// @param state how far it is
/// @param body null once it was forgotten
/// @param tries how often sending it was begun
/// @param reason why it is in its state; null if there is nothing to say
record StoredReply(
        String id,
        ReplyState state,
        @Nullable String body,
        int segments,
        int tries,
        Instant intentAt,
        @Nullable String reason) {}
