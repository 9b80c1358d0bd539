package dev.sluice.service.thread;

import dev.sluice.service.coalesce.FlightKey;

/// Says which chat messages are the same question: what shapes the prompt or the answer, and who may see
/// it.
///
/// Whatever a client adds can only make the key differ, never make it equal another tenant's or thread's.
final class ChatKey {
    private ChatKey() {}

    /// @param provider the provider that will answer, resolved
    /// @param model the model it will be asked for, resolved
    /// @param contextMessages how many earlier messages the prompt takes at most
    static FlightKey of(Question question, String provider, String model, int contextMessages) {
        IdempotencyKey own = question.idempotencyKey();
        return FlightKey.of("chat/2")
                .field("org", question.org())
                .field("thread", question.threadId())
                .field("user", question.userId())
                .field("role", question.role())
                .field("scope", question.scope())
                .field("use_memory", Boolean.toString(question.useMemory()))
                .field("context", Integer.toString(contextMessages))
                .field("provider", provider)
                .field("model", model)
                .field("content", question.content())
                .field("idempotency_key", own == null ? null : own.value())
                .build();
    }
}
