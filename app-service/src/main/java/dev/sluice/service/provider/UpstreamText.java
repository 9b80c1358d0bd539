package dev.sluice.service.provider;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes what a provider says fit to be shown: one short line, without secrets.
final class UpstreamText {
    /// The most characters of a provider's error message that are passed on.
    static final int MAX_ERROR = 300;

    private static final Pattern UNPRINTABLE = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]+");
    /// Bearer tokens, keys by their usual prefixes, credentials in URLs: the provider may quote a caller's
    /// request.
    private static final Pattern SECRET = Pattern.compile("(?i)bearer\\s+[^\\s\"']+"
            + "|\\b(?:sk|pk|rk|gsk|pplx|xai|key)-[\\w*.-]{6,}"
            + "|\\bAIza[\\w*-]{10,}"
            + "|(?<=://)[^/\\s@]+(?=@)"
            + "|(?<=[?&](?:key|api_key|token|access_token)=)[^&\\s]+");

    private UpstreamText() {}

    /// Returns `text` on one line, without secrets, cut to `maxChars` characters.
    static String shown(String text, int maxChars, @Nullable ApiKey key) {
        String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        String open = key == null ? line : key.redact(line);
        return cut(SECRET.matcher(open).replaceAll("[redacted]"), maxChars);
    }

    /// Returns a machine's word (a model, an id, a code) on one line, cut to `maxChars`; null if nothing is left.
    static @Nullable String word(@Nullable String text, int maxChars) {
        if (text == null) {
            return null;
        }
        String word = cut(UNPRINTABLE.matcher(text).replaceAll(" ").strip(), maxChars);
        return word.isEmpty() ? null : word;
    }

    private static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = maxChars - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
