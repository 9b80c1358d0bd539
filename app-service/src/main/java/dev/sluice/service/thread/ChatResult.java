package dev.sluice.service.thread;

import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.provider.Usage;
import org.jspecify.annotations.Nullable;

/// What a chat flight brings home, the same for all its listeners. Immutable but for what it remembers of
/// its encoding; thread-safe.
public final class ChatResult {
    private final Turn turn;
    private final String finishReason;
    private final Usage usage;
    private final boolean stored;
    private final boolean simulated;
    private volatile @Nullable EncodedTurn encoded;

    /// @param stored whether the turn is on disk
    /// @param simulated whether a simulated provider answered
    public ChatResult(Turn turn, String finishReason, Usage usage, boolean stored, boolean simulated) {
        this.turn = turn;
        this.finishReason = finishReason;
        this.usage = usage;
        this.stored = stored;
        this.simulated = simulated;
    }

    public Turn turn() {
        return turn;
    }

    public String finishReason() {
        return finishReason;
    }

    public Usage usage() {
        return usage;
    }

    /// Returns whether the turn is on disk.
    public boolean stored() {
        return stored;
    }

    /// Returns whether a simulated provider answered.
    public boolean simulated() {
        return simulated;
    }

    /// Returns the turn as one request saw it, as JSON.
    byte[] seenBy(String requestId, double latencyMs) {
        Boolean notStored = stored ? null : Boolean.FALSE;
        return encoded()
                .with(
                        new Message.Meta(0, requestId, notStored, null),
                        new Message.Meta(latencyMs, requestId, notStored, simulated ? Boolean.TRUE : null));
    }

    /// Encoded twice if two are the first at once, which does no harm.
    private EncodedTurn encoded() {
        EncodedTurn present = encoded;
        if (present == null) {
            present = EncodedTurn.of(turn);
            encoded = present;
        }
        return present;
    }
}
