package dev.sluice.service.thread;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.sluice.model.Json;
import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.Turn;
import dev.sluice.service.store.Row;
import dev.sluice.service.store.Sql;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Messages as rows and back.
final class MessageRepository {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private MessageRepository() {}

    static Message read(Row row) {
        return new Message(
                row.text("id"),
                row.text("role"),
                row.text("content"),
                row.textOrNull("provider"),
                row.textOrNull("model"),
                row.number("sequence"),
                row.instant("created_at"),
                citations(row.text("citations")),
                new Message.Meta(
                        row.decimal("latency_ms"),
                        row.textOrNull("request_id"),
                        null,
                        row.flag("simulated") ? Boolean.TRUE : null));
    }

    static Turn turn(Sql sql, String userMessageId, String assistantMessageId) {
        return new Turn(one(sql, userMessageId), one(sql, assistantMessageId));
    }

    /// Stores both messages of a turn and returns them as they are stored now.
    ///
    /// @param sequence the question's; the answer's is the next
    static Turn insert(Sql sql, NewTurn turn, long sequence) {
        sql.update(
                """
                INSERT INTO messages (id, thread_id, sequence, role, content, user_id, provider, model, scope, citations,
                    latency_ms, request_id, flight_id, simulated, created_at)
                VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, ?, '[]', 0, ?, ?, 0, ?),
                    (?, ?, ?, 'assistant', ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                turn.userMessageId(),
                turn.threadId(),
                sequence,
                turn.role(),
                turn.content(),
                turn.userId(),
                turn.scope(),
                turn.requestId(),
                turn.flightId(),
                turn.createdAt(),
                turn.assistantMessageId(),
                turn.threadId(),
                sequence + 1,
                turn.answer(),
                turn.provider(),
                turn.model(),
                turn.scope(),
                Json.text(turn.citations()),
                turn.latencyMs(),
                turn.requestId(),
                turn.flightId(),
                turn.simulated(),
                turn.createdAt());
        return new Turn(question(turn, sequence), answer(turn, sequence + 1));
    }

    private static Message question(NewTurn turn, long sequence) {
        return new Message(
                turn.userMessageId(),
                turn.role(),
                stored(turn.content()),
                null,
                null,
                sequence,
                turn.createdAt().truncatedTo(ChronoUnit.MICROS),
                List.of(),
                new Message.Meta(0, stored(turn.requestId()), null, null));
    }

    private static Message answer(NewTurn turn, long sequence) {
        return new Message(
                turn.assistantMessageId(),
                "assistant",
                stored(turn.answer()),
                stored(turn.provider()),
                stored(turn.model()),
                sequence,
                turn.createdAt().truncatedTo(ChronoUnit.MICROS),
                turn.citations().stream().map(MessageRepository::stored).toList(),
                new Message.Meta(
                        turn.latencyMs(), stored(turn.requestId()), null, turn.simulated() ? Boolean.TRUE : null));
    }

    /// The database keeps text as UTF-8, which half a surrogate pair has no place in.
    private static String stored(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Message one(Sql sql, String id) {
        return sql.first("SELECT * FROM messages WHERE id = ?", MessageRepository::read, id)
                .orElseThrow(() -> new IllegalStateException("a turn names a message that is not there: " + id));
    }

    private static List<String> citations(String json) {
        try {
            return Json.mapper().readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a message's citations are not a list of texts", e);
        }
    }
}
