package dev.sluice.service.sms.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The words by which a person says whether to be written to. They count only as a whole message; case,
/// width, punctuation and white space do not matter: " Stop! " is STOP, "please stop" is not.
///
/// The words are those that carriers of the United States ask for and Twilio acts upon by itself: were
/// there more words to start again, we would write to people whom the provider still blocks. YES is not
/// among them, since most people who write it mean something else; see [#yes].
public enum ConsentWord {
    /// No more replies.
    STOP,
    /// Replies again.
    START,
    /// Who is this.
    HELP;

    private static final int LONGEST = 200;
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Map<String, ConsentWord> WORDS = Map.ofEntries(
            Map.entry("STOP", STOP),
            Map.entry("STOPALL", STOP),
            Map.entry("STOP ALL", STOP),
            Map.entry("UNSUBSCRIBE", STOP),
            Map.entry("CANCEL", STOP),
            Map.entry("END", STOP),
            Map.entry("QUIT", STOP),
            Map.entry("REVOKE", STOP),
            Map.entry("OPTOUT", STOP),
            Map.entry("OPT OUT", STOP),
            Map.entry("START", START),
            Map.entry("UNSTOP", START),
            Map.entry("HELP", HELP),
            Map.entry("INFO", HELP));

    /// Returns what a whole message says, if it is one of the words.
    public static Optional<ConsentWord> of(String message) {
        return Optional.ofNullable(WORDS.get(folded(message)));
    }

    /// Returns whether a whole message is YES, by which somebody who had opted out opts in again.
    public static boolean yes(String message) {
        return folded(message).equals("YES");
    }

    private static String folded(String message) {
        if (message.length() > LONGEST) {
            return "";
        }
        var folded = new StringBuilder();
        Normalizer.normalize(message, Normalizer.Form.NFKC).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                folded.appendCodePoint(c);
            } else if (Character.getType(c) != Character.FORMAT) {
                folded.append(' ');
            }
        });
        return SPACES.matcher(folded.toString().strip()).replaceAll(" ").toUpperCase(Locale.ROOT);
    }
}
