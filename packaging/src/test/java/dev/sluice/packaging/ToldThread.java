package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one client was told of one thread before its service was killed, and what it had asked for last.
///
/// Written by the client's thread, checked after it ended.
final class ToldThread {
    private record Turn(String question, String answer) {}

    final String id;
    private final List<Turn> turns = new ArrayList<>();
    private String title = "t";
    private @Nullable String triedTitle;
    private @Nullable String triedQuestion;
    private boolean triedDeletion;
    private boolean deleted;

    ToldThread(String id) {
        this.id = id;
    }

    void asking(String question) {
        triedQuestion = question;
    }

    void answered(String answer) {
        turns.add(new Turn(String.valueOf(triedQuestion), answer));
        triedQuestion = null;
    }

    void renaming(String to) {
        triedTitle = to;
    }

    void renamed() {
        title = String.valueOf(triedTitle);
        triedTitle = null;
    }

    void deleting() {
        triedDeletion = true;
    }

    void deleted() {
        deleted = true;
    }

    /// Checks that all it was told is there, in order and unchanged, and that what was under way happened whole or not
    /// at all.
    void check(OldClient client) throws IOException, InterruptedException {
        var answer = client.get("/api/threads/" + id);
        if (deleted || (triedDeletion && answer.statusCode() == 404)) {
            assertThat(answer.statusCode()).as("deleted thread").isEqualTo(404);
            return;
        }
        JsonNode thread = OldClient.json(answer);
        assertThat(thread.path("title").asText()).isIn(title, triedTitle);
        List<Turn> stored = turnsOf(thread.path("messages"));
        assertThat(stored.stream().limit(turns.size()).toList())
                .as("turns of thread %s", id)
                .isEqualTo(turns);
        if (stored.size() > turns.size()) {
            assertThat(stored).hasSize(turns.size() + 1);
            assertThat(stored.getLast().question()).isEqualTo(triedQuestion);
        }
    }

    /// Checks that a question asked again under its key is answered as before, and is no second turn.
    void checkRepeating(OldClient client) throws IOException, InterruptedException {
        for (Turn turn : turns) {
            var again =
                    client.send("POST", OldClient.messages(id), OldClient.message(turn.question), keyed(turn.question));
            assertThat(OldClient.json(again)
                            .path("assistant_message")
                            .path("content")
                            .asText())
                    .isEqualTo(turn.answer);
        }
        check(client);
    }

    /// Returns the headers of a question whose key is its text.
    static Map<String, String> keyed(String question) {
        return Map.of("x-org-id", OldClient.ORG, "Content-Type", "application/json", "Idempotency-Key", question);
    }

    private static List<Turn> turnsOf(JsonNode messages) {
        assertThat(messages.size() % 2).as("no turn is half there").isZero();
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i += 2) {
            JsonNode question = messages.path(i);
            JsonNode answer = messages.path(i + 1);
            assertThat(question.path("role").asText()).isEqualTo("user");
            assertThat(answer.path("role").asText()).isEqualTo("assistant");
            assertThat(answer.path("sequence").asLong())
                    .isEqualTo(question.path("sequence").asLong() + 1);
            turns.add(new Turn(
                    question.path("content").asText(), answer.path("content").asText()));
        }
        return turns;
    }
}
