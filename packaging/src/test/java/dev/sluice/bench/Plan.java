package dev.sluice.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the fake provider is to answer: carried as the name of the model, so that every path of a request brings it
/// along.
///
/// @param latencyMs until the answer, or the first chunk, begins
/// @param bytes of the answer's text, or of each chunk's
/// @param chunks how many; 0 for a plain JSON answer
/// @param intervalMicros from one chunk to the next
/// @param holdMs silence, broken each second, between the last chunk and the end
record Plan(int latencyMs, int bytes, int chunks, int intervalMicros, int holdMs, Manner manner) {
    private static final Pattern TEXT =
            Pattern.compile("l(\\d{1,6})\\.b(\\d{1,6})\\.n(\\d{1,7})\\.i(\\d{1,8})\\.h(\\d{1,6})\\.([A-Z_]{1,20})");

    /// What kind of answer it is.
    enum Manner {
        USUAL,
        /// Forbids whoever is between to store it.
        NO_STORE,
        /// None, but a 503.
        FAILING,
        /// Says AGREE and no more, as one who was asked to classify a text.
        AGREEING
    }

    /// A plain answer.
    static Plan plain(int latencyMs, int bytes) {
        return new Plan(latencyMs, bytes, 0, 0, 0, Manner.USUAL);
    }

    /// A stream of chunks that carry the time they were sent.
    static Plan stream(int latencyMs, int chunks, int intervalMicros, int bytes) {
        return new Plan(latencyMs, bytes, chunks, intervalMicros, 0, Manner.USUAL);
    }

    /// The same, kept open after the last chunk.
    Plan held(int otherHoldMs) {
        return new Plan(latencyMs, bytes, chunks, intervalMicros, otherHoldMs, manner);
    }

    /// The same in another manner.
    Plan as(Manner other) {
        return new Plan(latencyMs, bytes, chunks, intervalMicros, holdMs, other);
    }

    boolean streamed() {
        return chunks > 0;
    }

    /// Finds the plan in a request: its URL or its body.
    ///
    /// @throws IllegalArgumentException if there is none
    static Plan in(String request) {
        Matcher found = TEXT.matcher(request);
        if (!found.find()) {
            throw new IllegalArgumentException("no plan in " + request);
        }
        return new Plan(
                Integer.parseInt(found.group(1)),
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(3)),
                Integer.parseInt(found.group(4)),
                Integer.parseInt(found.group(5)),
                Manner.valueOf(found.group(6)));
    }

    String text() {
        return "l" + latencyMs + ".b" + bytes + ".n" + chunks + ".i" + intervalMicros + ".h" + holdMs + "." + manner;
    }
}
