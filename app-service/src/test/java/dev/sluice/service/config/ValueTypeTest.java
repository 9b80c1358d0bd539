package dev.sluice.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {
    private static final ValueType SPAN = new ValueType.Span(Duration.ZERO, Duration.ofDays(30));
    private static final ValueType CHOICE = new ValueType.Choice(List.of("on", "hold-replies", "stop"));
    private static final ValueType WHOLE = new ValueType.Whole(1, 10_000);

    @ParameterizedTest
    @CsvSource({
        "60, 60s",
        "60s, 60s",
        "PT60S, 60s",
        "1m, 60s",
        "60000ms, 60s",
        " 5m , 5m",
        "300, 5m",
        "PT5M, 5m",
        "90, 90s",
        "1500ms, 1500ms",
        "PT1.5S, 1500ms",
        "1, 1s",
        "0, 0s",
        "0ms, 0s",
        "PT0S, 0s",
        "1h, 60m",
        "24h, 24h",
        "2d, 2d",
        "P30D, 30d",
    })
    void durationsHaveOneCanonicalForm(String text, String canonical) {
        assertThat(SPAN.canonical("X", text)).isEqualTo(canonical);
        assertThat(SPAN.canonical("X", canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "-1", "PT-1S", "1.5", "1 s", "1w", "31d", "PT0.0005S", "P9999999999D", "1000000000"})
    void whatIsNoDurationInBoundsIsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPAN.canonical("LINGER_PLAIN", text))
                .withMessageContaining("LINGER_PLAIN must be");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "true, 1", "Yes, 1", "ON, 1", "0, 0", "false, 0", "no, 0", "Off, 0"})
    void flagsAreOneOrZero(String text, String canonical) {
        assertThat(new ValueType.Flag().canonical("X", text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"stop, stop", "Stop, stop", " HOLD-REPLIES , hold-replies", "on, on", "true, on"})
    void choicesAreWords(String text, String canonical) {
        assertThat(CHOICE.canonical("OUTBOUND", text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "off", "false", "hold", "onn"})
    void otherWordsAreRefusedWithTheChoices(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHOICE.canonical("OUTBOUND", text))
                .withMessage("OUTBOUND must be one of on, hold-replies, stop.");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "007, 7", "10000, 10000", " 42 , 42"})
    void wholeNumbersInBounds(String text, String canonical) {
        assertThat(WHOLE.canonical("X", text)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "10001", "1.0", "1e3", "99999999999", "0x10", "\u0661"})
    void otherNumbersAreRefusedWithTheBounds(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WHOLE.canonical("OPENAI_RPS", text))
                .withMessage("OPENAI_RPS must be a whole number from 1 to 10000.");
    }

    @Test
    void boundsAndChoicesAreCanonical() {
        assertThat(SPAN.min()).isEqualTo("0s");
        assertThat(SPAN.max()).isEqualTo("30d");
        assertThat(WHOLE.max()).isEqualTo("10000");
        assertThat(CHOICE.choices()).containsExactly("on", "hold-replies", "stop");
        assertThat(CHOICE.min()).isNull();
    }
}
