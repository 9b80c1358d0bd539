package dev.sluice.ui.senders;

import dev.sluice.model.sms.Segments;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.link.LinkException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How replies, and what is done about one sender, are asked for and told.
final class ReplyWords {
    private ReplyWords() {}

    /// Writes what a text costs: `23 of 160 characters, 1 message (GSM-7)`.
    static String cost(String text) {
        var count = Segments.of(text);
        boolean gsm = count.encoding() == Segments.Encoding.GSM7;
        int room = count.segments() <= 1 ? gsm ? 160 : 70 : count.segments() * (gsm ? 153 : 67);
        return count.units() + " of " + room + " characters · " + DeedWords.counted(count.segments(), "message")
                + (gsm ? " (GSM-7)" : " (UCS-2: a character is none of GSM-7)");
    }

    static Question question(String address, String text) {
        var messages = DeedWords.counted(Segments.of(text).segments(), "message");
        return new Question(
                "Send " + messages + " to " + address + "?",
                "“" + text + "”",
                List.of("It leaves at once and cannot be called back.", cost(text) + "."),
                "Send " + messages,
                Optional.empty(),
                "Do not send",
                Question.Extras.NONE);
    }

    static Question unmasking(String address) {
        return new Question(
                "Show the full number of " + address + "?",
                "Numbers are masked everywhere.",
                List.of("The audit says that you looked, and why."),
                "Show the number",
                Optional.empty(),
                "Leave it masked",
                Question.Extras.REASON);
    }

    static Question forgetting(String address) {
        return new Question(
                "Forget " + address + "?",
                "All that is known of this person is removed: the number, the texts, the replies, the sessions.",
                List.of(
                        "It cannot be undone. What stays are counts and times.",
                        "If the person said STOP, that still holds.",
                        "The audit says that it was done, and why."),
                "Forget this sender",
                Optional.empty(),
                "Keep it",
                new Question.Extras(true, "", false, "forget"));
    }

    static String forgotten(Map<String, Integer> removed) {
        return "Forgotten: "
                + Stream.of("text", "reply", "session")
                        .map(what -> DeedWords.counted(removed.getOrDefault(DeedWords.plural(what), 0), what))
                        .collect(Collectors.joining(", "));
    }

    /// Tells how a reply went, by the service's word.
    static String told(String outcome) {
        var parts = outcome.split(": ", 2);
        var reason = parts.length > 1 ? ": " + parts[1] : "";
        return switch (parts[0]) {
            case "sent" -> "The text was sent";
            case "refused" -> throw new NotSentException("The provider refused it" + reason);
            case "not_sent" -> throw new NotSentException("It was not sent" + reason);
            default -> throw new NotSentException("Nobody knows whether it was sent" + reason);
        };
    }

    /// Does something and tells what became of it.
    ///
    /// @param isSo asked after silence: whether it was done all the same; empty if nobody can tell
    static Note outcome(Supplier<String> deed, Supplier<Optional<Boolean>> isSo) {
        try {
            return new Note(deed.get() + ", confirmed by the service.", Mood.GOOD);
        } catch (NotSentException e) {
            return new Note(e.told() + ".", Mood.BAD);
        } catch (LinkException.Refused refused) {
            return new Note("Not done: " + refused.told(), Mood.BAD);
        } catch (LinkException.NoAnswer silence) {
            return afterSilence(silence.told(), isSo);
        }
    }

    private static Note afterSilence(String silence, Supplier<Optional<Boolean>> isSo) {
        try {
            var so = isSo.get();
            if (so.isEmpty()) {
                return new Note("Nobody knows whether it was done: " + silence + ".", Mood.BAD);
            }
            return so.get()
                    ? new Note("Done: " + silence + ", but looked again, it is so.", Mood.GOOD)
                    : new Note("Not done: " + silence + ". Looked again, nothing had changed.", Mood.BAD);
        } catch (LinkException e) {
            return new Note("Nobody knows yet whether it was done: " + silence + ".", Mood.BAD);
        }
    }

    /// The service answered that nothing was sent.
    private static final class NotSentException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String told;

        NotSentException(String told) {
            super(told);
            this.told = told;
        }

        String told() {
            return told;
        }
    }
}
