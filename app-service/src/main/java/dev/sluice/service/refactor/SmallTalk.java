package dev.sluice.service.refactor;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Answers prompts that ask for nothing: a greeting, thanks, a farewell. Whatever says more is work.
final class SmallTalk {
    private static final int LONGEST = 80;
    private static final String TO_WHOM = "(?: (?:there|all|everyone|everybody|again|sluice|team|friend|you))*";
    private static final String GREETING =
            "(?:hello|hi|hey|hiya|howdy|greetings|yo|good (?:morning|afternoon|evening|day))" + TO_WHOM;
    private static final String THANKS = "(?:many |ok |okay |great )?(?:thanks|thank you|thx|ty|cheers)"
            + "(?: (?:a lot|so much|very much|a million|again|you|sluice|everyone|for (?:your|the) help))*";
    private static final String FAREWELL = "(?:bye|bye bye|goodbye|good night|see you|see you later)" + TO_WHOM;
    private static final String QUESTION = "(?:how are you(?: doing)?(?: today)?|whats up|who are you|what are you"
            + "|what can you do|what do you do)";

    private static final Pattern NOTHING_BUT_TALK =
            Pattern.compile(phrases(GREETING + "|" + THANKS + "|" + FAREWELL + "|" + QUESTION));
    private static final Pattern ONLY_THANKS = Pattern.compile(phrases(THANKS + "|" + FAREWELL));

    private SmallTalk() {}

    /// Returns what to say to a prompt that is nothing but small talk; empty if it asks for something.
    static Optional<String> answer(String prompt) {
        if (prompt.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = plain(prompt);
        if (plain.isEmpty() || !NOTHING_BUT_TALK.matcher(plain).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                ONLY_THANKS.matcher(plain).matches()
                        ? "Hello from Sluice, and you are welcome! Whenever there is something to refactor, describe it."
                        : "Hello! This is Sluice. Describe what you want to refactor in your repository, and it is"
                                + " planned for you.");
    }

    /// Lower case, apostrophes dropped, whatever is no letter or digit taken for a space.
    private static String plain(String prompt) {
        return prompt.toLowerCase(Locale.ROOT)
                .replaceAll("['’]", "")
                .replaceAll("[\\p{Punct}\\p{IsWhite_Space}\\p{So}]+", " ")
                .strip();
    }

    private static String phrases(String phrase) {
        return "(?:" + phrase + ")(?: (?:" + phrase + "))*";
    }
}
