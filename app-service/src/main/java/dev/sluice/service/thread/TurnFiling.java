package dev.sluice.service.thread;

import dev.sluice.model.Json;
import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.coalesce.Flight;
import dev.sluice.service.provider.ChatProvider;
import dev.sluice.service.provider.Completion;
import dev.sluice.service.provider.PromptMessage;
import dev.sluice.service.provider.Usage;
import dev.sluice.service.store.StatementFailedException;
import dev.sluice.service.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Stores what a flight brought home, or leaves it with those to be stored later.
///
/// @param question what was asked
/// @param provider who answered
record TurnFiling(Question question, ChatProvider provider, ChatTools tools) {
    private static final System.Logger LOG = System.getLogger(TurnFiling.class.getName());

    /// @throws ThreadGoneException if the thread was deleted meanwhile; nothing is stored then
    ChatResult file(Flight<ChatResult> flight, List<PromptMessage> prompt, String answer, Completion completion) {
        NewTurn turn = newTurn(flight, prompt, answer, completion);
        try {
            Turn stored = tools.repository().storeTurn(turn);
            tools.newest().stored(question.threadId(), stored.assistantMessage().sequence());
            return result(stored, completion, true);
        } catch (StoreUnavailableException | StatementFailedException notStored) {
            // the answer is paid for: its listeners get it, marked as not stored
            LOG.log(Level.ERROR, "event=turn_not_stored flight=" + flight.id(), notStored);
            ChatResult told = result(unstored(turn), completion, false);
            tools.unstored().add(turn, told);
            return told;
        }
    }

    private ChatResult result(Turn turn, Completion completion, boolean stored) {
        return new ChatResult(turn, completion.finishReason(), completion.usage(), stored, provider.simulated());
    }

    private NewTurn newTurn(
            Flight<ChatResult> flight, List<PromptMessage> prompt, String answer, Completion completion) {
        Instant now = tools.clock().now();
        Usage usage = completion.usage();
        return new NewTurn(
                flight.id(),
                question.org(),
                question.threadId(),
                question.userId(),
                question.role(),
                question.content(),
                answer,
                provider.name(),
                completion.model(),
                question.scope(),
                completion.citations(),
                Duration.between(flight.startedAt(), now).toNanos() / 1e6,
                question.requestId(),
                provider.simulated(),
                question.idempotencyKey(),
                question.reason(),
                Sha256.of(Json.bytes(prompt)),
                Sha256.of(answer),
                usage.promptTokens(),
                usage.completionTokens(),
                usage.totalTokens(),
                tools.ids().get(),
                tools.ids().get(),
                tools.ids().get(),
                now);
    }

    private static Turn unstored(NewTurn turn) {
        var meta = new Message.Meta(turn.latencyMs(), turn.requestId(), false, null);
        return new Turn(
                new Message(
                        turn.userMessageId(),
                        turn.role(),
                        turn.content(),
                        null,
                        null,
                        0,
                        turn.createdAt(),
                        List.of(),
                        meta),
                new Message(
                        turn.assistantMessageId(),
                        "assistant",
                        turn.answer(),
                        turn.provider(),
                        turn.model(),
                        0,
                        turn.createdAt(),
                        turn.citations(),
                        meta));
    }
}
