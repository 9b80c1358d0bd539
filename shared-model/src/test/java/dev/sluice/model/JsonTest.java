package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.sluice.model.thread.AddMessage;
import dev.sluice.model.thread.AddMessage.Attachment;
import dev.sluice.model.thread.Message;
import dev.sluice.model.thread.PatchThread;
import dev.sluice.model.thread.ThreadCreated;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void namesAreSnakeCaseAndInstantsIso() {
        var created = new ThreadCreated("t1", Instant.parse("2025-01-02T03:04:05.678Z"));

        assertThat(Json.text(created)).isEqualTo("{\"thread_id\":\"t1\",\"created_at\":\"2025-01-02T03:04:05.678Z\"}");
    }

    @Test
    void mimeTypeKeepsTheNameThatClientsUse() throws JsonProcessingException {
        AddMessage message = read(
                "{\"content\":\"x\",\"use_memory\":false,\"attachments\":[{\"type\":\"image\",\"mimeType\":\"image/png\"}]}");

        assertThat(message.useMemory()).isFalse();
        assertThat(message.attachments()).containsExactly(new Attachment("image", null, null, null, "image/png"));
        assertThat(Json.text(message)).contains("\"mimeType\":\"image/png\"");
    }

    @Test
    void unknownFieldsAreIgnored() throws JsonProcessingException {
        assertThat(read("{\"content\":\"x\",\"temperature\":{\"deep\":[1]}}").content())
                .isEqualTo("x");
    }

    @Test
    void absentOptionalFieldsOfAMessageAreLeftOutOrNullAsTheContractSays() {
        var message = new Message(
                "m1", "user", "hi", null, null, 1, Instant.EPOCH, List.of(), new Message.Meta(0, "r1", null, null));

        assertThat(Json.text(message))
                .isEqualTo("{\"id\":\"m1\",\"role\":\"user\",\"content\":\"hi\",\"provider\":null,\"model\":null,"
                        + "\"sequence\":1,\"created_at\":\"1970-01-01T00:00:00Z\",\"citations\":[],"
                        + "\"meta\":{\"latency_ms\":0.0,\"request_id\":\"r1\"}}");
    }

    @Test
    void problemLeavesOutWhatItDoesNotKnow() {
        var problem = new Problem("about:blank", "Not Found", 404, "no such thread", "/api/threads/x", null, null);

        assertThat(Json.text(problem))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"no such thread\",\"instance\":\"/api/threads/x\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"content\":}",
                "{\"content\":\"x\"",
                "{\"content\":\"x\"}{}",
                "{\"content\":\"x\"} y",
                "{'content':'x'}",
                "{content:\"x\"}",
                "{\"content\":\"a\nb\"}",
                "{\"content\":NaN}",
            })
    void malformedDocumentsAreRefused(String text) {
        assertThatThrownBy(() -> {
                    AddMessage message = read(text);
                    assertThat(message).as("an empty document is no message").isNotNull();
                })
                .isInstanceOfAny(JsonProcessingException.class, AssertionError.class);
    }

    @Test
    void duplicateFieldsAreRefused() {
        assertThatThrownBy(() -> read("{\"content\":\"a\",\"content\":\"b\"}"))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void nestingOver64IsRefusedAlsoInUnknownFields() throws JsonProcessingException {
        assertThat(read(nested(Json.MAX_NESTING)).content()).isEqualTo("x");
        assertThatThrownBy(() -> read(nested(Json.MAX_NESTING + 1)))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> read(nested(100_000))).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"x\"",
                "1",
                "{\"content\":[\"x\"]}",
                "{\"content\":{}}",
                "{\"content\":1}",
                "{\"content\":1.5}",
                "{\"content\":1e3}",
                "{\"content\":true}",
                "{\"content\":false}",
                "{\"content\":\"x\",\"model\":4}",
                "{\"content\":\"x\",\"attachments\":[{\"name\":7}]}",
                "{\"content\":\"x\",\"use_memory\":1}",
                "{\"content\":\"x\",\"use_memory\":\"\"}",
                "{\"content\":\"x\",\"use_memory\":\"yes\"}",
                "{\"content\":\"x\",\"use_memory\":\"true\"}",
                "{\"content\":\"x\",\"attachments\":{}}",
                "{\"content\":\"x\",\"attachments\":[1]}",
            })
    void wrongTypesAreRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    @DisplayName("X1 numbers and booleans never become texts, neither in records nor in lists and maps")
    void scalarsNeverBecomeTexts() {
        for (String scalar : List.of("0", "1", "-7", "1.0", "2e5", "true", "false")) {
            assertThatThrownBy(() -> Json.mapper().readValue(scalar, String.class))
                    .as(scalar)
                    .isInstanceOf(MismatchedInputException.class);
            assertThatThrownBy(() ->
                            Json.mapper().readValue("[\"x\"," + scalar + "]", new TypeReference<List<String>>() {}))
                    .as("in a list: %s", scalar)
                    .isInstanceOf(MismatchedInputException.class);
            assertThatThrownBy(() -> Json.mapper()
                            .readValue("{\"k\":" + scalar + "}", new TypeReference<Map<String, String>>() {}))
                    .as("in a map: %s", scalar)
                    .isInstanceOf(MismatchedInputException.class);
            assertThatThrownBy(() -> Json.mapper().treeToValue(Json.mapper().readTree(scalar), String.class))
                    .as("in a tree: %s", scalar)
                    .isInstanceOf(MismatchedInputException.class);
        }
    }

    @Test
    void textsAndNullsStayWhatTheyAre() throws JsonProcessingException {
        assertThat(Json.mapper().readValue("[\"1\",\"true\",\"\",null]", new TypeReference<List<String>>() {}))
                .containsExactly("1", "true", "", null);
    }

    @Test
    void textIsNoNumber() {
        for (String text : List.of("\"1\"", "\"\"", "\" \"", "true")) {
            assertThatThrownBy(() -> Json.mapper().readValue(text, Long.class))
                    .as(text)
                    .isInstanceOf(JsonProcessingException.class);
            assertThatThrownBy(() -> Json.mapper().readValue(text, Double.class))
                    .as(text)
                    .isInstanceOf(JsonProcessingException.class);
        }
    }

    @Test
    void stringIsNoFlag() {
        assertThatThrownBy(() -> Json.mapper().readValue("{\"pinned\":\"1\"}", PatchThread.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void fractionIsNoWholeNumber() {
        assertThatThrownBy(() -> Json.mapper().readValue("1.5", Long.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void nullIsNoNumber() {
        assertThatThrownBy(() -> Json.mapper().readValue("{\"latency_ms\":null}", Message.Meta.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    private static AddMessage read(String text) throws JsonProcessingException {
        return Json.mapper().readValue(text, AddMessage.class);
    }

    /// A message whose unknown field brings the document to that depth.
    private static String nested(int depth) {
        return "{\"content\":\"x\",\"deep\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }
}
