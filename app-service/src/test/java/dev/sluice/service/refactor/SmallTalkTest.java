package dev.sluice.service.refactor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SmallTalkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "Hello!",
                "hi there",
                "  Hey, Sluice :-)  ",
                "HELLO 👋",
                "good morning everyone",
                "thanks",
                "Thank you so much!!",
                "ok thanks, bye",
                "hi, how are you doing today?",
                "What's up?",
                "who are you?"
            })
    void talkIsAnswered(String prompt) {
        assertThat(SmallTalk.answer(prompt))
                .hasValueSatisfying(
                        answer -> assertThat(answer).contains("Sluice").containsPattern("(?i)hello|welcome"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "???",
                "hello world app: split it into modules",
                "thanks, now rename Foo to Bar",
                "Hi, please refactor the login",
                "refactor",
                "say hello in the README",
                "hello_world",
                "good"
            })
    void workIsWork(String prompt) {
        assertThat(SmallTalk.answer(prompt)).isEmpty();
    }

    @Test
    void longPromptIsWorkWhateverItBeginsWith() {
        assertThat(SmallTalk.answer("hello" + " ".repeat(100) + "rename Foo")).isEmpty();
        assertThat(SmallTalk.answer("hello ".repeat(10_000))).isEmpty();
    }
}
