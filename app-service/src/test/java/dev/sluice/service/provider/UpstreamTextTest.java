package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer abc-hunter2",
                "Incorrect API key: sk-proj-hunter2",
                "key AIzaSyhunter2hunter2",
                "GET https://user:hunter2@host/v1",
                "GET https://host/v1?key=hunter2&x=1",
                "your key was plain-hunter2!",
            })
    @DisplayName("X2 secrets an upstream quotes are taken out")
    void secretsAreTakenOut(String said) {
        assertThat(UpstreamText.shown(said, 300, ApiKey.of("K", "plain-hunter2")))
                .doesNotContain("hunter2")
                .contains("[redacted]");
    }

    @Test
    void controlCharactersBecomeOneSpace() {
        assertThat(UpstreamText.shown("\u001b[31ma\r\n\tb\u202ec\u0000 ", 300, null))
                .isEqualTo("[31ma b c");
    }

    @Test
    void longTextIsCutWithoutHalvingACharacter() {
        assertThat(UpstreamText.shown("x".repeat(298) + "🌊🌊", 300, null)).isEqualTo("x".repeat(298) + "…");
        assertThat(UpstreamText.shown("x".repeat(300), 300, null)).hasSize(300);
    }

    @Test
    void anEmptyWordIsNoWord() {
        assertThat(UpstreamText.word(" \n", 10)).isNull();
        assertThat(UpstreamText.word("gpt 4", 10)).isEqualTo("gpt 4");
    }
}
