package dev.sluice.service.sms.intake;

/// What a provider's webhook tells of.
public sealed interface WebhookEvent {
    /// A text came.
    record Received(ReceivedText text) implements WebhookEvent {}

    /// A text came that cannot be taken.
    record Refused(RefusedText text) implements WebhookEvent {}

    /// Something became of a reply.
    record Reported(DeliveryReport report) implements WebhookEvent {}

    /// Something that is of no use here, such as a call.
    ///
    /// @param type the provider's word for it; not escaped
    record Ignored(String type) implements WebhookEvent {}
}
