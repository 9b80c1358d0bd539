package dev.sluice.service.sms.text;

/// Makes what strangers wrote fit to stand in a line of a log, a terminal or a table. Nothing is lost
/// silently: what a terminal would obey or not show is written as a backslash, u and four digits.
public final class Printable {
    private static final char CUT = '…';

    private Printable() {}

    /// Returns `text` on one line of at most `max` characters: controls (ANSI sequences begin with one),
    /// line and paragraph separators, bidirectional and other invisible marks, halves of surrogate pairs
    /// and characters that mean nothing are escaped, and so is the backslash. What is cut ends in "…".
    ///
    /// @param max at least 1
    public static String escape(String text, int max) {
        var shown = new StringBuilder(Math.min(text.length(), max));
        int beforeCut = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            String piece = isUnsafe(c) ? escaped(c) : c == '\\' ? "\\\\" : Character.toString(c);
            if (shown.length() + piece.length() > max) {
                shown.setLength(beforeCut);
                return shown.append(CUT).toString();
            }
            shown.append(piece);
            beforeCut = shown.length() < max ? shown.length() : beforeCut;
            at += Character.charCount(c);
        }
        return shown.toString();
    }

    /// Returns whether `text` holds anything that is escaped for the safety of the reader.
    static boolean isUnsafe(String text) {
        return text.codePoints().anyMatch(Printable::isUnsafe);
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    private static String escaped(int c) {
        var units = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            units.append("\\u").append("%04x".formatted((int) unit));
        }
        return units.toString();
    }
}
