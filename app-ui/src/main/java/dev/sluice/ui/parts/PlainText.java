package dev.sluice.ui.parts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.sluice.model.Json;

/// Writes what others wrote, so that it is read as text and nothing else: characters that would move, hide
/// or reorder text are written as escapes.
public final class PlainText {
    /// Numbers are shown as they were written.
    private static final ObjectReader EXACT =
            Json.mapper().reader().without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private PlainText() {}

    /// Writes text as one line of at most so many characters.
    public static String line(String text, int most) {
        var line = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length() && line.length() < most; i++) {
            write(line, text.charAt(i), false);
        }
        return line.toString();
    }

    /// Writes text as lines.
    public static String block(String text) {
        var block = new StringBuilder(text.length());
        text.chars().forEach(c -> write(block, (char) c, true));
        return block.toString();
    }

    /// Writes JSON in lines, indented; what is no JSON as it is.
    public static String pretty(String data) {
        try {
            var tree = EXACT.readTree(data);
            return block(
                    tree.isMissingNode()
                            ? data
                            : Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            return block(data);
        }
    }

    private static void write(StringBuilder out, char c, boolean lines) {
        if ((c == '\n' || c == '\t') && lines) {
            out.append(c);
        } else if (moves(c)) {
            out.append(String.format("\\u%04x", (int) c));
        } else {
            out.append(c);
        }
    }

    private static boolean moves(char c) {
        return Character.isISOControl(c)
                || c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u2028'
                || c == '\u2029'
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\ufeff';
    }
}
