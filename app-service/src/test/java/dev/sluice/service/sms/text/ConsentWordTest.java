package dev.sluice.service.sms.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConsentWordTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP", "stop", " Stop!! ", "\"stop\"", "STOPALL", "stop all", "Stop-All", "UNSUBSCRIBE", "cancel.",
                "End", "quit", "revoke", "optout", "Opt Out", "opt-out", "STOP", "S\u200bTOP", "stop\n"
            })
    void stop(String message) {
        assertThat(ConsentWord.of(message)).contains(ConsentWord.STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "start.", " Unstop "})
    void start(String message) {
        assertThat(ConsentWord.of(message)).contains(ConsentWord.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELP", "help?", "Info"})
    void help(String message) {
        assertThat(ConsentWord.of(message)).contains(ConsentWord.HELP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "...",
                "please stop",
                "stop it",
                "I can help",
                "the end",
                "cancel my order",
                "st op",
                "s.t.o.p",
                "YES",
                "subscribe",
                "stopp",
                "STOP START"
            })
    void anythingElse(String message) {
        assertThat(ConsentWord.of(message)).isEmpty();
    }

    @Test
    void yes() {
        assertThat(ConsentWord.yes(" Yes! ")).isTrue();
        assertThat(ConsentWord.yes("YES")).isTrue();
        assertThat(ConsentWord.yes("yes please")).isFalse();
        assertThat(ConsentWord.yes("")).isFalse();
    }

    @Test
    void longMessagesAreNoWord() {
        assertThat(ConsentWord.of("stop" + " ".repeat(100_000))).isEmpty();
    }
}
