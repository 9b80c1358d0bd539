package dev.sluice.service.sms.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds a label by words alone, without any network: when no chat provider gave a usable answer.
///
/// Whole words count, and negation before agreement. Where a phrase can mean both ("I can't agree more",
/// "can't wait", "yes but ...") it is UNSURE: to thank somebody for replying is never wrong, to take a
/// refusal for consent is. A question agrees to nothing. Of several texts the last decisive one counts
/// ("Yes", then "sorry, can't" is DISAGREE), but a mere "ok" or thumb takes back no earlier refusal or
/// doubt: it may be the answer to "no problem".
///
/// Takes time in proportion to the text. Thread-safe.
public final class LocalRules {
    /// A negation reaches over so many words: "not going to be able to".
    private static final int REACH = 4;

    private static final Phrases PHRASES = new Phrases();

    /// What a text or a part of it says; within a text the one furthest down this list counts.
    private enum Reading {
        NOTHING(Label.NEUTRAL),
        OK(Label.AGREE),
        YES(Label.AGREE),
        UNSURE(Label.UNSURE),
        NO(Label.DISAGREE);

        private final Label label;

        Reading(Label label) {
            this.label = label;
        }

        static Reading strongest(Stream<Reading> readings) {
            return readings.reduce(NOTHING, (one, other) -> one.compareTo(other) >= 0 ? one : other);
        }
    }

    /// A phrase found in a clause.
    private record Found(Sense sense, int from, int to, int words) {
        /// Returns what it says where it stands.
        Sense here() {
            return switch (sense) {
                case NO -> from == 0 || to == words ? Sense.REFUSAL : Sense.NOT;
                case NOT -> to == words ? Sense.REFUSAL : Sense.NOT;
                default -> sense;
            };
        }
    }

    private LocalRules() {}

    /// Returns the label of a batch; NEUTRAL for one that is empty or says nothing that the rules know.
    ///
    /// @param joined its texts, one a line
    public static Label classify(String joined) {
        Reading last = Reading.NOTHING;
        for (String line : Folding.fold(joined).split("\\R", -1)) {
            Reading reading = Reading.strongest(Sentence.of(line).stream().map(LocalRules::read));
            boolean overridden = reading == Reading.NOTHING
                    || (reading == Reading.OK && (last == Reading.NO || last == Reading.UNSURE));
            last = overridden ? last : reading;
        }
        return last.label;
    }

    private static Reading read(Sentence sentence) {
        var readings = new ArrayList<Reading>();
        boolean denied = false;
        boolean agreed = false;
        for (int i = 0; i < sentence.clauses().size(); i++) {
            List<Found> phrases = find(sentence.clauses().get(i));
            boolean asked = sentence.question() && i == sentence.clauses().size() - 1;
            Reading reading = asked ? asked(phrases) : told(phrases, denied, agreed);
            readings.add(reading);
            agreed |= reading == Reading.YES || reading == Reading.OK;
            denied |= has(phrases, Sense.NOT);
        }
        return Reading.strongest(readings.stream());
    }

    /// A question asks for a yes and gives none.
    private static Reading asked(List<Found> phrases) {
        return has(phrases, Sense.REFUSAL) || has(phrases, Sense.DOUBT) ? Reading.UNSURE : Reading.NOTHING;
    }

    /// @param denied whether an earlier clause of the sentence holds a negation
    /// @param agreed whether an earlier clause agreed
    private static Reading told(List<Found> phrases, boolean denied, boolean agreed) {
        if (has(phrases, Sense.REFUSAL)) {
            return Reading.NO;
        }
        if (has(phrases, Sense.DOUBT)) {
            return Reading.UNSURE;
        }
        @Nullable
        Found agreement = phrases.stream()
                .filter(phrase -> phrase.sense() == Sense.YES || phrase.sense() == Sense.OK)
                .findFirst()
                .orElse(null);
        if (agreement == null) {
            return agreed && has(phrases, Sense.BUT) ? Reading.UNSURE : Reading.NOTHING;
        }
        if (phrases.stream().anyMatch(phrase -> phrase.here() == Sense.NOT && reaches(phrase, agreement))) {
            return Reading.NO;
        }
        if (denied
                || has(phrases, Sense.NOT)
                || phrases.stream()
                        .anyMatch(phrase -> phrase.sense() == Sense.BUT && phrase.from() > agreement.from())) {
            return Reading.UNSURE;
        }
        return has(phrases, Sense.YES) ? Reading.YES : Reading.OK;
    }

    private static boolean reaches(Found negation, Found agreement) {
        int between = agreement.from() - negation.to();
        return between >= 0 && between < REACH;
    }

    private static boolean has(List<Found> phrases, Sense sense) {
        return phrases.stream().anyMatch(phrase -> phrase.here() == sense);
    }

    private static List<Found> find(List<String> clause) {
        Sense whole = PHRASES.alone(clause);
        if (whole != null) {
            return List.of(new Found(whole, 0, clause.size(), clause.size()));
        }
        var found = new ArrayList<Found>();
        int at = 0;
        while (at < clause.size()) {
            Phrases.Phrase phrase = phraseAt(clause, at);
            if (phrase == null) {
                at++;
            } else {
                int to = at + phrase.words().size();
                found.add(new Found(phrase.sense(), at, to, clause.size()));
                at = to;
            }
        }
        return found;
    }

    private static Phrases.@Nullable Phrase phraseAt(List<String> clause, int at) {
        for (Phrases.Phrase phrase : PHRASES.beginningWith(clause.get(at))) {
            int to = at + phrase.words().size();
            if (to <= clause.size() && clause.subList(at, to).equals(phrase.words())) {
                return phrase;
            }
        }
        return null;
    }
}
