package dev.sluice.service.coalesce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlightKeyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 1.0",
                "1 | 10e-1",
                "100 | 1e2",
                "0 | 0.00",
                "0 | -0.0",
                "0 | 0e5",
                "1e400 | 10e399",
                "100e2147483646 | 10e2147483647",
                "[1, 2] | [1.0,2.0]",
                "{\"a\":1,\"b\":2} | {\"b\": 2.0, \"a\": 1}",
                "\"\\u0061\" | \"a\""
            })
    @DisplayName("C11 documents of the same meaning have the same key")
    void sameMeaningSameKey(String one, String other) throws Exception {
        assertThat(key(one)).isEqualTo(key(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 | 2",
                "1 | \"1\"",
                "1 | -1",
                "1 | 10",
                "1 | true",
                "1e2 | 1e3",
                "1e-2147483647 | 1e2147483647",
                "null | \"null\"",
                "null | false",
                "\"\" | null",
                "[1,2] | [2,1]",
                "[] | {}",
                "[[]] | []",
                "[[1],2] | [1,[2]]",
                "[\"ab\"] | [\"a\",\"b\"]",
                "{\"a\":1} | {\"a\":null}",
                "{\"a\":null} | {}",
                "{\"a\":\"b\"} | [\"a\",\"b\"]",
                "{\"a\":{\"b\":1}} | {\"a\":1,\"b\":{}}",
                "{\"a\":1} | {\"b\":1}",
                "{\"a\":{\"b\":1},\"c\":2} | {\"a\":{\"b\":1,\"c\":2}}",
                "[null,1] | [1,null]",
                "[{},1] | [1,{}]",
                "\"\\ud800\" | \"\\udbff\"",
                "\"\\ud800\" | \"?\"",
                "\"\\u00e9\" | \"e\\u0301\""
            })
    @DisplayName("C11 documents of different meaning have different keys")
    void differentMeaningDifferentKey(String one, String other) throws Exception {
        assertThat(key(one)).isNotEqualTo(key(other));
    }

    @Test
    @DisplayName("C13 hashes of JSON are those that earlier releases have stored")
    void hashesOfJsonAreForEver() throws Exception {
        String body = """
                {"content":"x","long":"%s","latin":"%s","lone":"\\ud800",
                 "tools":[{"n":1.50,"e":1e3,"z":0.0,"t":true,"f":false,"u":null,"empty":{}},[]]}
                """.formatted("\u017elu\u0165 text ".repeat(200), "caf\u00e9 ".repeat(300));

        assertThat(bodyHash(body)).isEqualTo("1e35e5a58ed304efe2a4995dfc16005f5ea6aee91152038bd41038fcaa6265dc");
        assertThat(bodyHash("{\"content\":\"x\"}"))
                .isEqualTo("37b595e118d19c5c023ffc028858312b611cf8984d7289528e658eb89e7d03c3");
    }

    @Test
    @DisplayName("C11 texts of every length and alphabet have keys of their own, the same ones each time")
    void textsOfEveryLength() {
        Set<FlightKey> keys = new HashSet<>();
        int texts = 0;
        for (String last : List.of("x", "\u00ff", "\u0100", "\ud800")) {
            for (int length = 0; length < 600; length += 7) {
                String text = "x".repeat(length) + last;
                keys.add(FlightKey.of("1").field("a", text).build());
                keys.add(FlightKey.of("1").field("a", text).build());
                keys.add(FlightKey.of("1").field(text, "a").build());
                texts += 2;
            }
        }

        assertThat(keys).hasSize(texts);
    }

    @Test
    @DisplayName("C11 numbers at the end of what can be written have a key")
    void extremeNumbers() throws Exception {
        assertThat(key("{\"x\":100e2147483647}")).isEqualTo(key("{\"x\":100e2147483647}"));
        assertThat(key("100e2147483647")).isNotEqualTo(key("10e2147483647"));
    }

    @Test
    @DisplayName("C11 no value passes for another field")
    void fieldsAreFramed() {
        FlightKey[] keys = {
            FlightKey.of("1").build(),
            FlightKey.of("2").build(),
            FlightKey.of("1").field("a", null).build(),
            FlightKey.of("1").field("a", "").build(),
            FlightKey.of("1").field("", "a").build(),
            FlightKey.of("1").field("a", "b").build(),
            FlightKey.of("1").field("ab", "").build(),
            FlightKey.of("1").field("a", "bc").build(),
            FlightKey.of("1").field("ab", "c").build(),
            FlightKey.of("1").field("a", "b").field("c", "").build(),
            FlightKey.of("1").field("a", "").field("b", "c").build(),
            FlightKey.of("1").field("a", null).field("b", "c").build(),
            FlightKey.of("1").field("a", null).field("", "").build(),
            FlightKey.of("1").field("a", "").field("", null).build(),
            FlightKey.of("1").field("a", "\ud800").build(),
            FlightKey.of("1").field("a", "?").build(),
            FlightKey.of("1")
                    .json("a", Json.mapper().getNodeFactory().textNode("b"))
                    .build(),
            FlightKey.of("1").json("a", Json.mapper().nullNode()).build(),
            FlightKey.of("1").json("b", Json.mapper().nullNode()).build()
        };

        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("C11 the same fields give the same key, in 64 hex digits")
    void keyIsStable() {
        FlightKey key = FlightKey.of("1").field("org", "acme").build();

        assertThat(key).isEqualTo(FlightKey.of("1").field("org", "acme").build());
        assertThat(key.hash()).matches("[0-9a-f]{64}");
        assertThat(key.hash()).startsWith(key.abbreviated());
        assertThat(key.abbreviated()).hasSize(12);
    }

    private static String bodyHash(String json) throws JsonProcessingException {
        return FlightKey.of("body/1")
                .json("body", Json.mapper().readTree(json))
                .build()
                .hash();
    }

    private static FlightKey key(String json) throws JsonProcessingException {
        JsonNode node = Json.mapper().readTree(json);
        return FlightKey.of("test").json("body", node).build();
    }
}
