package dev.sluice.service.sms;

import java.util.Locale;

/// How far a reply is.
enum ReplyState {
    /// It is to be sent, and it is certain that not a byte of it was.
    READY,
    /// It is being sent, or was when the process died.
    INTENT,
    /// The provider took it.
    SENT,
    /// The provider refused it.
    REFUSED,
    /// Nobody knows whether it was sent; it is never sent again by itself.
    UNKNOWN,
    /// The provider says that it arrived.
    DELIVERED,
    /// The provider says that it did not arrive.
    UNDELIVERED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ReplyState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
