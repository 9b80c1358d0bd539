package dev.sluice.service.sms.intake;

import org.jspecify.annotations.Nullable;

/// What a provider says became of a reply.
///
/// @param providerId the id that the provider gave when it took the reply
/// @param errorCode the provider's; null if it gave none
public record DeliveryReport(
        String providerId, State state, @Nullable String errorCode) {
    /// How far the reply came.
    public enum State {
        /// The provider has it and has not sent it.
        ACCEPTED,
        /// It left the provider.
        SENT,
        /// It reached the phone.
        DELIVERED,
        /// It will not reach the phone.
        UNDELIVERED
    }
}
