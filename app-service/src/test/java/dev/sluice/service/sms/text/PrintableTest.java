package dev.sluice.service.sms.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrintableTest {
    @ParameterizedTest
    @CsvSource({
        "'see you at 8', 'see you at 8'",
        "'\u001b[31mred', '\\u001b[31mred'",
        "'a\r\nb\tc\u0000', 'a\\u000d\\u000ab\\u0009c\\u0000'",
        "'\u0085\u2028\u2029', '\\u0085\\u2028\\u2029'",
        "'abc\u202etxt.exe\u2066', 'abc\\u202etxt.exe\\u2066'",
        "'a\u200bb\ufeff\u00ad', 'a\\u200bb\\ufeff\\u00ad'",
        "'\u009b31m', '\\u009b31m'",
        "'\ue000', '\\ue000'",
        "'\udb40\udc41', '\\udb40\\udc41'", // an invisible tag character
        "'C:\\u0041', 'C:\\\\u0041'",
        "'sí, opo 👍 ñ', 'sí, opo 👍 ñ'",
    })
    @DisplayName("S19 what a terminal would obey or hide is escaped, the rest stays readable")
    void escapes(String text, String shown) {
        assertThat(Printable.escape(text, 100)).isEqualTo(shown);
    }

    @Test
    @DisplayName("S19 a half of a surrogate pair is escaped")
    void halves() {
        assertThat(Printable.escape("a\ud83d", 100)).isEqualTo("a\\ud83d");
        assertThat(Printable.escape("\udc4da", 100)).isEqualTo("\\udc4da");
    }

    @Test
    void cutsBetweenWholeCharacters() {
        assertThat(Printable.escape("12345", 5)).isEqualTo("12345");
        assertThat(Printable.escape("123456", 5)).isEqualTo("1234…");
        assertThat(Printable.escape("12👍👍", 5)).isEqualTo("12👍…");
        assertThat(Printable.escape("123\u001b[31m", 8)).isEqualTo("123…");
        assertThat(Printable.escape("\u001b", 1)).isEqualTo("…");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("S19 whatever comes in, what comes out is safe and no longer than asked for")
    void anything(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(0x300) : random.nextInt(0x10000)));
            }
            int max = 1 + random.nextInt(60);
            String shown = Printable.escape(text.toString(), max);

            assertThat(shown.length()).as("seed %d: %s", seed, text).isLessThanOrEqualTo(max);
            assertThat(Printable.isUnsafe(shown)).as("seed %d: %s", seed, text).isFalse();
        }
    }
}
