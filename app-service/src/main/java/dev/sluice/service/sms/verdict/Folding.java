package dev.sluice.service.sms.verdict;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Writes what people type, phones replace and networks garble in one plain way: lower case, no accents, no
/// apostrophes, no letters drawn out ("yesss"), nothing invisible.
final class Folding {
    /// Also an apostrophe whose UTF-8 was read as Windows-1252, and one that a network replaced: "can?t".
    private static final Pattern APOSTROPHE = Pattern.compile(
            "â€™|['’‘ʼ`´′＇]" + "|(?<=\\p{L})[?\uFFFD](?=(?:[tTmMsSdD]|[lL][lL]|[rR][eE]|[vV][eE])(?!\\p{L}))");
    private static final Pattern MARK = Pattern.compile("[\\p{M}\\p{Cf}\\p{Sk}]+");
    private static final Pattern DRAWN_OUT = Pattern.compile("(\\p{L})\\1{2,}");

    private Folding() {}

    static String fold(String text) {
        String plain = APOSTROPHE.matcher(text).replaceAll("");
        // marks go first: to sort thousands of them on one letter takes the normaliser minutes
        String bare = MARK.matcher(plain).replaceAll("");
        String decomposed = Normalizer.normalize(bare, Normalizer.Form.NFKD);
        String lower =
                MARK.matcher(decomposed).replaceAll("").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return DRAWN_OUT.matcher(lower).replaceAll("$1");
    }
}
