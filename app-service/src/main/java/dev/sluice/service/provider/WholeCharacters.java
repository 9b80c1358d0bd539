package dev.sluice.service.provider;

/// Makes proper text of an answer's pieces: a character cut in two by them is put together, and half of one, which no
/// store and no wire can hold, becomes U+FFFD.
///
/// Otherwise a stream and what is stored of it would differ. Used by one thread.
final class WholeCharacters {
    private static final char REPLACEMENT = '\ufffd';
    private static final char NONE = 0;

    private char held = NONE;

    /// Returns what of the text so far is whole and was not returned yet; may be empty. Half a character at the very
    /// end of an answer is never returned.
    String next(String piece) {
        var whole = new StringBuilder(piece.length() + 1);
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (held != NONE) {
                boolean pair = Character.isLowSurrogate(c);
                whole.append(pair ? held : REPLACEMENT);
                held = NONE;
                if (pair) {
                    whole.append(c);
                    continue;
                }
            }
            if (Character.isHighSurrogate(c)) {
                held = c;
            } else {
                whole.append(Character.isLowSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return whole.toString();
    }
}
