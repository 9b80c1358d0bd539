package dev.sluice.ui.parts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @DisplayName("X9 characters that hide, move or reorder text are written as escapes")
    @ValueSource(chars = {'\0', '\u001b', '\r', '\u0085', '\u200f', '\u202e', '\u2066', '\u2028', '\ufeff'})
    void whatMovesTextIsEscaped(char c) {
        assertThat(PlainText.line("a" + c + "b", 100)).isEqualTo(String.format("a\\u%04xb", (int) c));
        assertThat(PlainText.block("a" + c + "b")).isEqualTo(String.format("a\\u%04xb", (int) c));
    }

    @Test
    @DisplayName("X9 markup is text like any other")
    void markupStaysText() {
        var hostile = "<html><img src='http://evil/x.png'><b>hi</b>";

        assertThat(PlainText.line(hostile, 100)).isEqualTo(hostile);
        assertThat(PlainText.pretty("{\"delta\":\"" + hostile + "\"}")).contains(hostile);
    }

    @Test
    void jsonIsIndentedAndKeepsItsNumbers() {
        assertThat(PlainText.pretty("{\"a\":{\"b\":0.10},\"c\":[1]}"))
                .contains("\"b\" : 0.10")
                .contains("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{\"half\":", "[1] 2"})
    void whatIsNoJsonIsShownAsItIs(String text) {
        assertThat(PlainText.pretty(text)).isEqualTo(text);
    }

    @Test
    void aLineIsCutAndABlockKeepsItsLines() {
        assertThat(PlainText.line("abcdef", 3)).isEqualTo("abc");
        assertThat(PlainText.block("a\n\tb")).isEqualTo("a\n\tb");
    }
}
