package dev.sluice.service.sms.verdict;

import java.util.ArrayList;
import java.util.List;

/// One sentence of a folded text.
///
/// @param clauses words between commas, none of them empty; a symbol is a word of its own
/// @param question whether it ends in a question mark
record Sentence(List<List<String>> clauses, boolean question) {
    /// Splits one line. Two or more dots end no sentence: people pause in the middle of a negation.
    static List<Sentence> of(String line) {
        var splitter = new Splitter();
        int at = 0;
        while (at < line.length()) {
            int c = line.codePointAt(at);
            int next = at + Character.charCount(c);
            boolean dots = c == '.'
                    && ((next < line.length() && line.charAt(next) == '.') || (at > 0 && line.charAt(at - 1) == '.'));
            splitter.take(dots ? ' ' : c);
            at = next;
        }
        splitter.endSentence(false);
        return splitter.sentences;
    }

    /// Not thread-safe.
    private static final class Splitter {
        private final List<Sentence> sentences = new ArrayList<>();
        private List<List<String>> clauses = new ArrayList<>();
        private List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();

        void take(int c) {
            if (Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
                return;
            }
            endWord();
            switch (c) {
                case '?', '¿' -> endSentence(c == '?');
                case '.', '!', '¡', ';' -> endSentence(false);
                case ',', ':', '(', ')', '"', '“', '”', '—' -> endClause();
                default -> {
                    if (Character.getType(c) == Character.OTHER_SYMBOL) {
                        words.add(Character.toString(c));
                    }
                }
            }
        }

        void endSentence(boolean question) {
            endClause();
            if (!clauses.isEmpty()) {
                sentences.add(new Sentence(clauses, question));
                clauses = new ArrayList<>();
            }
        }

        private void endClause() {
            endWord();
            if (!words.isEmpty()) {
                clauses.add(words);
                words = new ArrayList<>();
            }
        }

        private void endWord() {
            if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        }
    }
}
