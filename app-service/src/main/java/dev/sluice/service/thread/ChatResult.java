package dev.sluice.service.thread;

import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.provider.Usage;

/// What a chat flight brings home, the same for all its listeners.
///
/// @param stored whether the turn is on disk
/// @param simulated whether a simulated provider answered
public record ChatResult(Turn turn, String finishReason, Usage usage, boolean stored, boolean simulated) {
    /// Returns the turn as one request saw it.
    Turn seenBy(String requestId, double latencyMs) {
        Message user = turn.userMessage();
        Message assistant = turn.assistantMessage();
        Boolean notStored = stored ? null : Boolean.FALSE;
        return new Turn(
                user.withMeta(new Message.Meta(0, requestId, notStored, null)),
                assistant.withMeta(new Message.Meta(latencyMs, requestId, notStored, simulated ? Boolean.TRUE : null)));
    }
}
