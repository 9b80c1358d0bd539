package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.model.Json;
import dev.sluice.service.coalesce.FlightKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatKeyTest {
    private static final Question QUESTION = Questions.of("thread-1", "hi", "key-1");

    @ParameterizedTest
    @CsvSource({
        "org, other",
        "thread_id, other",
        "user_id, other",
        "user_id,",
        "role, system",
        "scope, shared",
        "use_memory, false",
        "content, other",
        "content, 'hi '",
        "content, Hi",
        "idempotency_key.value, other",
        "idempotency_key.value, ''"
    })
    @DisplayName("C11 whatever shapes the prompt or says who may see the answer is in the key")
    void whatIsInTheKey(String field, @Nullable String value) throws Exception {
        assertThat(key(with(field, value))).isNotEqualTo(key(QUESTION));
    }

    @ParameterizedTest
    @CsvSource({
        "request_id, other",
        "streamed, true",
        "reason, other",
        "reason,",
        "idempotency_key.body_hash, other",
        "alone, no-cache",
        "provider, mock",
        "model, other"
    })
    @DisplayName("C11 C15 what only tells one request from another, or is resolved, is not in the key")
    void whatIsNotInTheKey(String field, @Nullable String value) throws Exception {
        assertThat(key(with(field, value))).isEqualTo(key(QUESTION));
    }

    @Test
    @DisplayName("C13 who sends no Idempotency-Key shares with nobody who sends one")
    void noIdempotencyKeyIsNoneOfThem() throws Exception {
        assertThat(key(Questions.of("thread-1", "hi", null)))
                .isNotEqualTo(key(QUESTION))
                .isNotEqualTo(key(with("idempotency_key.value", "")));
    }

    @Test
    @DisplayName("C11 the resolved provider, the model and the length of the context are in the key")
    void whatAnswersIsInTheKey() {
        assertThat(List.of(
                        ChatKey.of(QUESTION, "openai", "m", 20),
                        ChatKey.of(QUESTION, "mock", "m", 20),
                        ChatKey.of(QUESTION, "openai", "n", 20),
                        ChatKey.of(QUESTION, "openai", "m", 19),
                        ChatKey.of(QUESTION, "openaim", "", 20)))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("C11 X8 no value passes for another field's, nor for another tenant's")
    void noValuePassesForAnother() throws Exception {
        var keys = new ArrayList<FlightKey>();
        List<String> fields =
                List.of("org", "thread_id", "user_id", "role", "scope", "content", "idempotency_key.value");
        for (String field : fields) {
            for (String value : List.of("x", "", "\0", "4:x", "null")) {
                keys.add(key(with(field, value)));
            }
        }

        assertThat(keys).doesNotHaveDuplicates();
    }

    private static FlightKey key(Question question) {
        return ChatKey.of(question, "openai", "m", 20);
    }

    private static Question with(String field, @Nullable String value) throws Exception {
        var all = Json.mapper().<ObjectNode>valueToTree(QUESTION);
        int dot = field.indexOf('.');
        var fields = dot < 0 ? all : (ObjectNode) all.get(field.substring(0, dot));
        String name = field.substring(dot + 1);
        assertThat(fields.has(name)).as(field).isTrue();
        if (fields.get(name).isBoolean()) {
            fields.put(name, Boolean.parseBoolean(value));
        } else {
            fields.put(name, value);
        }
        return Json.mapper().treeToValue(all, Question.class);
    }
}
