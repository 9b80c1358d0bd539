package dev.sluice.service.sms.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GenericPayloadTest {
    @Test
    void oneText() throws Exception {
        Payload payload = read("{\"guid\":\"g1\",\"number\":\"0917 123 4567\",\"message\":\" Yes \","
                + "\"time_received\":\"2026-07-01 12:00:00\",\"more\":[1]}");

        assertThat(payload.count()).isEqualTo(1);
        assertThat(payload.refused()).isEmpty();
        assertThat(payload.items())
                .containsExactly(new Payload.Item(
                        0,
                        new ReceivedText(
                                "default", "g1", "0917 123 4567", " Yes ", Instant.parse("2026-07-01T12:00:00Z"))));
    }

    @Test
    void messagesWin() throws Exception {
        Payload payload = read(
                "{\"guid\":\"g0\",\"number\":\"1\",\"message\":\"x\",\"messages\":["
                        + "{\"guid\":\"g1\",\"number\":\"+1\",\"message\":\"a\"},{\"guid\":\"g2\",\"number\":\"+1\",\"message\":\"\"}]}");

        assertThat(payload.items()).extracting(item -> item.text().guid()).containsExactly("g1", "g2");
        assertThat(read("{\"messages\":[]}").count()).isZero();
        assertThat(read("{\"messages\":null,\"guid\":\"g\",\"number\":\"1\",\"message\":\"x\"}")
                        .items())
                .hasSize(1);
    }

    @Test
    void badTextsAreNamedByIndexAndTheGoodOnesTaken() throws Exception {
        Payload payload = read("{\"messages\":[{\"guid\":\"g0\",\"number\":\"+1\",\"message\":\"a\"},"
                + "{\"number\":\"+639171234567\",\"message\":\"b\"},"
                + "{\"guid\":\"g2\",\"message\":\"c\"},"
                + "{\"guid\":\"g3\",\"number\":\"+1\"},"
                + "{\"guid\":4,\"number\":\"+1\",\"message\":\"e\"},"
                + "\"text\",null,"
                + "{\"guid\":\"g7\",\"number\":\"+1\",\"message\":\"h\",\"date\":\"whenever\"}]}");

        assertThat(payload.count()).isEqualTo(8);
        assertThat(payload.items()).extracting(Payload.Item::index).containsExactly(0, 7);
        assertThat(payload.refused())
                .extracting(RefusedText::index, RefusedText::field, RefusedText::reason, RefusedText::rawNumber)
                .containsExactly(
                        tuple(1, "guid", "is missing", "+639171234567"),
                        tuple(2, "number", "is missing", null),
                        tuple(3, "message", "is missing", "+1"),
                        tuple(4, "guid", "must be a string", "+1"),
                        tuple(5, "message", "must be an object", null),
                        tuple(6, "message", "must be an object", null));
    }

    @ParameterizedTest
    @CsvSource({
        "guid, '', is empty",
        "guid, '   ', is empty",
        "guid, 'a\u0000b', cannot be printed",
        "guid, 'a\nforged=1', cannot be printed",
        "guid, 'a\u202eb', cannot be printed",
        "guid, LONG 201, longer than 200",
        "number, ' ', is empty",
        "number, LONG 65, longer than 64",
        "number, '+63\u0000', holds NUL",
        "message, LONG 10001, longer than 10000",
        "message, 'a\u0000', holds NUL",
    })
    @DisplayName("S19 what could not be stored or shown is refused by its field, and no value is repeated")
    void limits(String field, String value, String reason) {
        var text = Json.mapper()
                .createObjectNode()
                .put("guid", "g")
                .put("number", "+1")
                .put("message", "m");
        String given = value.startsWith("LONG ") ? "7".repeat(Integer.parseInt(value.substring(5))) : value;

        RefusedText refused =
                GenericPayload.read("default", text.put(field, given)).refused().getFirst();

        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused.reason()).contains(reason);
        assertThat(refused.toString()).doesNotContain("777", "forged", "+63");
    }

    @Test
    void largestTextsAreTaken() {
        var text = Json.mapper()
                .createObjectNode()
                .put("guid", "g".repeat(200))
                .put("number", "1".repeat(64))
                .put("message", "👍".repeat(5_000));

        assertThat(GenericPayload.read("default", text).items()).hasSize(1);
        text.put("message", "\ud83d");
        assertThat(GenericPayload.read("default", text).refused().getFirst().reason())
                .contains("surrogate");
    }

    @ParameterizedTest
    @CsvSource({
        "'[]', the body",
        "'\"x\"', the body",
        "'{\"messages\":{}}', messages",
        "'{\"messages\":\"x\"}', messages"
    })
    void noPayload(String json, String field) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        IntakeException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void tooManyTexts() throws Exception {
        String text = "{\"guid\":\"g\",\"number\":\"+1\",\"message\":\"m\"},";
        assertThat(read("{\"messages\":[" + text.repeat(999) + "{}]}").items()).hasSize(999);
        assertThatThrownBy(() -> read("{\"messages\":[" + text.repeat(1_000) + "{}]}"))
                .isInstanceOf(IntakeException.class)
                .hasMessageContaining("1000");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"time_received\":\"2026-07-01T12:34:56Z\"', 2026-07-01T12:34:56Z",
        "'\"time_received\":\"2026-07-01T12:34:56.789Z\"', 2026-07-01T12:34:56.789Z",
        "'\"time_received\":\"2026-07-01T20:34:56+08:00\"', 2026-07-01T12:34:56Z",
        "'\"time_received\":\"2026-07-01 20:34:56+08:00\"', 2026-07-01T12:34:56Z",
        "'\"time_received\":\"2026-07-01T12:34:56.123456\"', 2026-07-01T12:34:56.123456Z",
        "'\"time_received\":\"2026-07-01 12:34\"', 2026-07-01T12:34:00Z",
        "'\"time_received\":\"1782909296\"', 2026-07-01T12:34:56Z",
        "'\"time_received\":1782909296', 2026-07-01T12:34:56Z",
        "'\"time_received\":1782909296000', 2026-07-01T12:34:56Z",
        "'\"time_received\":\"Wed, 01 Jul 2026 12:34:56 GMT\"', 2026-07-01T12:34:56Z",
        "'\"date\":\"2026-07-01\",\"hour\":\"12:34:56\"', 2026-07-01T12:34:56Z",
        "'\"date\":\"2026-07-01\",\"hour\":\"12:34\"', 2026-07-01T12:34:00Z",
        "'\"date\":\"2026/7/1\",\"hour\":\"12:34 pm\"', 2026-07-01T12:34:00Z",
        "'\"date\":\"20260701\",\"hour\":\"123456\"', 2026-07-01T12:34:56Z",
        "'\"date\":\"31/12/2026\",\"hour\":\"8:05\"', 2026-12-31T08:05:00Z",
        "'\"date\":\"12/31/2026\",\"hour\":\"8:05 AM\"', 2026-12-31T08:05:00Z",
        "'\"date\":\"01.07.2026\",\"hour\":\"12:34\"', 2026-07-01T12:34:00Z",
        "'\"date\":\"2026-07-01 12:34:56\"', 2026-07-01T12:34:56Z",
        "'\"time_received\":\"rubbish\",\"date\":\"2026-07-01\",\"hour\":\"12:34\"', 2026-07-01T12:34:00Z",
    })
    void times(String fields, Instant time) throws Exception {
        assertThat(time(fields)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"date\":\"03/04/2026\",\"hour\":\"12:00\"", // March or April
                "\"date\":\"2026-07-01\"",
                "\"hour\":\"12:00\"",
                "\"date\":\"2026-02-31\",\"hour\":\"12:00\"",
                "\"time_received\":\"yesterday\"",
                "\"time_received\":\"\"",
                "\"time_received\":true",
                "\"time_received\":12.5",
                "\"time_received\":\"1\"",
                "\"time_received\":\"9999999999999999999999\"",
                "\"time_received\":\"+999999999-01-01T00:00:00Z\"",
                "\"time_received\":\"1999-12-31T23:59:59Z\"",
                "\"time_received\":\"2100-01-01T00:00:01Z\"",
                "\"date\":[],\"hour\":{}"
            })
    void unreadableTimesAreNoError(String fields) throws Exception {
        assertThat(time(fields)).isNull();
    }

    @Test
    void anyTimeIsReadOrNull() {
        var random = new Random(1);
        String characters = "0123456789-/:.T Z+apm,";
        for (int i = 0; i < 3_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            Instant read = ProviderTime.read(text.toString());
            assertThat(read == null || !read.isBefore(Instant.parse("2000-01-01T00:00:00Z")))
                    .as(text.toString())
                    .isTrue();
        }
    }

    private static @Nullable Instant time(String fields) throws Exception {
        Payload payload = read("{\"guid\":\"g\",\"number\":\"+1\",\"message\":\"m\"," + fields + "}");
        return payload.items().getFirst().text().providerTime();
    }

    private static Payload read(String json) throws Exception {
        JsonNode body = Json.mapper().readTree(json);
        return GenericPayload.read("default", body);
    }
}
