package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WholeCharactersTest {
    @ParameterizedTest
    @CsvSource({
        "plain|text, plaintext",
        "a\ud83d\ude00b, a\ud83d\ude00b",
        "a\ud83d|\ude00b, a\ud83d\ude00b",
        "a\ud83d||\ude00, a\ud83d\ude00",
        "a\ud83d|b, a\ufffdb",
        "a\ud83d\ud83d|\ude00, a\ufffd\ud83d\ude00",
        "a\ude00b, a\ufffdb",
        "\ude00|\ud83d|a, \ufffd\ufffda",
        "end\ud83d, end",
    })
    void piecesMakeWholeCharacters(String pieces, String expected) {
        var characters = new WholeCharacters();
        var text = new StringBuilder();

        for (String piece : pieces.split("\\|", -1)) {
            text.append(characters.next(piece));
        }

        assertThat(text).hasToString(expected);
    }
}
