package dev.sluice.service.sms;

import org.jspecify.annotations.Nullable;

/// What became of a batch.
///
/// @param reason a word for [Kind#SUPPRESSED], a sentence otherwise; null if there is nothing to say
record Outcome(Kind kind, @Nullable String reason) {
    /// How a batch ended, as it is told.
    enum Kind {
        /// A reply was taken by the provider.
        SENT,
        /// The provider refused it.
        REFUSED,
        /// Nobody knows whether it was sent.
        UNKNOWN,
        /// None was to be sent.
        SUPPRESSED
    }

    static Outcome suppressed(String reason) {
        return new Outcome(Kind.SUPPRESSED, reason);
    }

    static Outcome of(StoredReply reply) {
        return switch (reply.state()) {
            case SENT, DELIVERED, UNDELIVERED -> new Outcome(Kind.SENT, null);
            case REFUSED -> new Outcome(Kind.REFUSED, reply.reason());
            case UNKNOWN -> new Outcome(Kind.UNKNOWN, reply.reason());
            case READY, INTENT -> throw new IllegalStateException("reply " + reply.id() + " is not settled");
        };
    }
}
