package dev.sluice.service.sms.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Agree.",
                "agree",
                "I agree",
                "AGREED!",
                "Yes",
                "yes.",
                "YES!!!",
                "Yesss",
                "yeah",
                "Yup",
                "I can help",
                "see you at 8",
                "ok",
                "Okay",
                "OK 👍",
                "k",
                "sure",
                "Sure!",
                "count me in",
                "I'm in",
                "I’m in",
                "👍",
                "👍🏽",
                "✔️",
                "👌",
                "I'll be there",
                "No problem",
                "no worries, I'll be there",
                "Yes\nI can help\nsee you at 8",
                "Confirmed, thank you",
                "Of course",
                "sounds good",
                "yes po",
                "opo",
                "Oo",
                "sige",
                "Sige po",
                "pwede po",
                "Sí",
                "si",
                "Sí, claro",
                "Si, gracias",
                "por supuesto",
                "de acuerdo",
                "ｙｅｓ",
                "yes",
                "y\u200bes",
                "ÝES",
                "Yes, what time?",
                "Yes. What time?",
                "Sorry for the late reply but yes",
                "Hello, I confirm.",
                "don't worry, I will come",
                "Yes, I don't have a car",
                "sin problema",
                "walang problema",
                "game",
            })
    @DisplayName("S11 the rules know a yes")
    void agree(String text) {
        assertThat(LocalRules.classify(text)).isEqualTo(Label.AGREE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "can't",
                "I can't",
                "I can’t help",
                "I can`t",
                "cant",
                "cannot",
                "I cannot agree",
                "I can not",
                "can not come",
                "will not",
                "I will not be there",
                "won't",
                "I won´t come",
                "disagree",
                "I disagree.",
                "don't agree",
                "I don't agree",
                "I do not agree",
                "do not  AGREE",
                "not agree",
                "No",
                "no.",
                "Nope",
                "nooooo",
                "no, sorry",
                "Sorry, no",
                "No thanks",
                "never",
                "not coming",
                "I'm not available",
                "not interested",
                "unable to help",
                "I am not going to be able to confirm",
                "I don't, ever, say yes... not",
                "yes no",
                "Yes I can't",
                "can?t come",
                "I canâ€™t",
                "i can t",
                "CAN＇T",
                "c\u200ban't",
                "👎",
                "🙅‍♂️",
                "hindi",
                "Hindi po",
                "ayaw ko",
                "di pwede",
                "no puedo",
                "No, gracias",
                "I agree... not",
                "agree not",
                "not... agree",
                "I do not say I agree",
                "don't say yes",
                "Yes, but I can't",
                "No problem, but I can't",
                "We have to cancel",
            })
    @DisplayName("S11 negation comes before agreement")
    void disagree(String text) {
        assertThat(LocalRules.classify(text)).isEqualTo(Label.DISAGREE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not sure",
                "I'm not sure",
                "unsure",
                "maybe",
                "Perhaps yes",
                "I don't know",
                "idk",
                "depends",
                "let me check",
                "I'll try",
                "Yes if I can",
                "Yes, but only if it is dry",
                "I can't agree more",
                "couldn't agree more",
                "can't wait",
                "I don't disagree",
                "yes and no",
                "siguro",
                "baka",
                "hindi ko alam",
                "tal vez",
                "no sé",
                "🤷",
                "Can't you help?",
                "Yes but what time",
                "ok but I'll be late",
            })
    @DisplayName("S11 what can mean both is not taken for a yes")
    void unsure(String text) {
        assertThat(LocalRules.classify(text)).isEqualTo(Label.UNSURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\n",
                "hello",
                "Good morning",
                "thanks",
                "thank you so much",
                "What time?",
                "Agree?",
                "ok?",
                "are you sure?",
                "Should I say yes?",
                "yesterday",
                "Oklahoma",
                "agreement",
                "canned soup",
                "eyes",
                "surely",
                "assure",
                "no\u0131se",
                "please confirm the time",
                "8pm",
                "...",
                "si Maria",
                "the game is at 8",
                "it is going to rain",
                "😀",
                "don't forget the keys",
                "who is this",
            })
    @DisplayName("S11 whole words count, and a question agrees to nothing")
    void neutral(String text) {
        assertThat(LocalRules.classify(text)).isEqualTo(Label.NEUTRAL);
    }

    @Test
    @DisplayName("S11 of several texts the last decisive one counts")
    void lastTextCounts() {
        assertThat(classify("Yes", "sorry, can't")).isEqualTo(Label.DISAGREE);
        assertThat(classify("can't", "wait", "yes I can")).isEqualTo(Label.AGREE);
        assertThat(classify("Yes", "what time?", "thanks")).isEqualTo(Label.AGREE);
        assertThat(classify("Yes", "hmm not sure")).isEqualTo(Label.UNSURE);
        assertThat(classify("maybe", "confirmed")).isEqualTo(Label.AGREE);
    }

    @Test
    @DisplayName("S11 a mere ok takes back no refusal")
    void okTakesNothingBack() {
        assertThat(classify("sorry, can't", "ok thanks", "👍")).isEqualTo(Label.DISAGREE);
        assertThat(classify("can't make it", "see you next time")).isEqualTo(Label.DISAGREE);
        assertThat(classify("not sure", "ok")).isEqualTo(Label.UNSURE);
        assertThat(classify("yes", "ok")).isEqualTo(Label.AGREE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("S11 the rules take any text, and white space around it and its case do not matter")
    void anything(long seed) {
        var random = new Random(seed);
        List<String> pieces = List.of(
                "yes", "no", "not", "agree", "can't", "I", "can", "ok", "sure", "maybe", " ", " ", " ", "\n", ".", "?",
                "…", "👍", "\ud83d", "\udc4d", "\u0301", "\u202e", "\u0000", "sí", "İ", "ß", "ﷺ", "日本", "’", "🏽");
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String one = text.toString();
            Label label = LocalRules.classify(one);

            assertThat(LocalRules.classify(" \t\n" + one + "\n "))
                    .as("seed %d: %s", seed, one)
                    .isEqualTo(label);
            assertThat(LocalRules.classify(one.toUpperCase(Locale.ROOT)))
                    .as("seed %d: %s", seed, one)
                    .isEqualTo(label);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("S11 no text with a plain refusal and nothing after it is a yes")
    void refusalIsNeverYes(long seed) {
        var random = new Random(seed);
        List<String> words = List.of(
                "yes", "sure", "ok", "agree", "I", "will", "the", "at", "8", "see", "you", "please", "for", "opo",
                "thanks");
        List<String> refusals = List.of("can't", "cannot", "won't", "disagree", "will not", "not sure", "don't agree");
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int length = random.nextInt(6); length > 0; length--) {
                text.append(words.get(random.nextInt(words.size()))).append(random.nextInt(4) == 0 ? ", " : " ");
            }
            text.append(refusals.get(random.nextInt(refusals.size())));
            for (int length = random.nextInt(6); length > 0; length--) {
                text.append(' ').append(words.get(random.nextInt(words.size())));
            }
            assertThat(LocalRules.classify(text.toString()))
                    .as("seed %d: %s", seed, text)
                    .isNotEqualTo(Label.AGREE);
        }
    }

    @Test
    @DisplayName("S11 the longest texts take no longer than their length")
    void linear() {
        List<String> long100k = List.of(
                "a".repeat(100_000),
                "no ".repeat(33_000),
                "i can not ".repeat(10_000),
                "?".repeat(100_000),
                ",yes".repeat(25_000),
                "\n".repeat(100_000),
                "a" + "\u0301\u0323".repeat(50_000), // marks that a normaliser would sort
                "\ufdfa".repeat(100_000), // becomes eighteen letters each
                "👍".repeat(50_000),
                "'".repeat(100_000),
                "not ".repeat(25_000) + "agree");
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> long100k.forEach(LocalRules::classify));
    }

    private static Label classify(String... texts) {
        return LocalRules.classify(String.join("\n", texts));
    }
}
