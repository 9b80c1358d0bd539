package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a:0", "a:1", "Ab9_-:42", "e:999999999999999999"})
    void whatIsWrittenIsParsed(String text) {
        assertThat(EventId.parse(text)).map(EventId::toString).contains(text);
    }

    static Stream<String> garbage() {
        return Stream.of(
                "",
                ":",
                "a:",
                ":1",
                "a",
                "1",
                "a:b",
                "a:-1",
                "a:+1",
                "a:01",
                "a:1.0",
                "a:1:2",
                " a:1",
                "a:1 ",
                "a:1\n",
                "a\r:1",
                "a:1\r\n",
                "a:\u00001",
                "a\u0000:1",
                "ä:1",
                "a:١",
                "a:1000000000000000000",
                "a:9223372036854775808",
                "../etc:1",
                "x".repeat(65) + ":1",
                "x".repeat(8192),
                "x:" + "9".repeat(8190));
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("garbage")
    @DisplayName("R4 garbage, 8 KB, CR, LF and NUL are no cursor")
    void garbageIsNoCursor(@Nullable String text) {
        assertThat(EventId.parse(text)).isEmpty();
    }

    @Test
    void negativeSequenceIsRefused() {
        assertThatThrownBy(() -> new EventId("a", -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
