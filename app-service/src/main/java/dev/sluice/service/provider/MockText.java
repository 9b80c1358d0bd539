package dev.sluice.service.provider;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/// Writes simulated answers: the same prompt, the same words, and they say what they are.
final class MockText {
    private static final List<String> FILLER = List.of(
            "and", "the", "gate", "opens", "while", "water", "runs", "past", "a", "slow", "wheel", "that", "turns",
            "under", "old", "stones", "again");
    private static final int MAX_QUOTE = 200;

    private MockText() {}

    /// Returns the answer's words, each but the first with the space before it.
    ///
    /// @param least as many words are there at the least
    static List<String> words(String provider, List<PromptMessage> prompt, int least) {
        long seed = checksum(prompt);
        String text =
                "[simulated] No model was asked: this answer comes from Sluice in place of %s. You wrote: %s (%08x)"
                        .formatted(provider, quote(lastContent(prompt)), seed);
        var words = split(text);
        var random = new SplittableRandom(seed);
        while (words.size() < least) {
            words.add(" " + FILLER.get(random.nextInt(FILLER.size())));
        }
        return words;
    }

    /// Returns the words that repeat the last message.
    static List<String> echo(List<PromptMessage> prompt) {
        return split("[simulated] " + lastContent(prompt));
    }

    /// Joins `words` into exactly `count` pieces of about equal length; there must be as many words.
    static List<String> regroup(List<String> words, int count) {
        var pieces = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            long from = (long) i * words.size() / count;
            long to = (i + 1L) * words.size() / count;
            pieces.add(String.join("", words.subList((int) from, (int) to)));
        }
        return pieces;
    }

    /// Counts words, as tokens are counted here.
    static long count(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }

    private static List<String> split(String text) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 1; i <= text.length(); i++) {
            if (i == text.length() || (text.charAt(i) == ' ' && text.charAt(i - 1) != ' ')) {
                words.add(text.substring(start, i));
                start = i;
            }
        }
        return words;
    }

    private static String lastContent(List<PromptMessage> prompt) {
        return prompt.isEmpty() ? "" : prompt.getLast().content();
    }

    private static String quote(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        int end = line.offsetByCodePoints(0, Math.min(MAX_QUOTE, line.codePointCount(0, line.length())));
        return '"' + line.substring(0, end) + (end < line.length() ? "…\"" : "\"");
    }

    private static long checksum(List<PromptMessage> prompt) {
        var crc = new CRC32();
        for (PromptMessage message : prompt) {
            crc.update((message.role() + '\0' + message.content() + '\0').getBytes(StandardCharsets.UTF_8));
        }
        return crc.getValue();
    }
}
