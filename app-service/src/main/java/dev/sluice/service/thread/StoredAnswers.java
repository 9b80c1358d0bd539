package dev.sluice.service.thread;

import dev.sluice.model.thread.Turn;
import dev.sluice.service.provider.Usage;

/// Turns what an earlier request stored under the same Idempotency-Key into an answer.
final class StoredAnswers {
    private StoredAnswers() {}

    /// The usage is zero: this request cost nothing.
    static ChatResult result(Turn turn) {
        boolean simulated = Boolean.TRUE.equals(turn.assistantMessage().meta().simulated());
        return new ChatResult(turn, "stop", Usage.NONE, true, simulated);
    }
}
