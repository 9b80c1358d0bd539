package dev.sluice.service.sms.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words and phrases that [LocalRules] know, in English, Tagalog and Spanish, in folded form: lower
/// case, without accents and apostrophes. Where several begin at the same word, the longest counts.
final class Phrases {
    private static final String YES = """
            yes, yess, yea, yeah, yep, yup, aye, agree, agreed, i agree, confirm, confirmed, i confirm, i accept, accepted,
            i approve, approved, sure, for sure, certainly, definitely, absolutely, of course, gladly, with pleasure,
            happy to, glad to, love to, count me in, im in, i am in, sign me up, i can, i can help, i will, ill come,
            ill go, ill help, ill join, ill attend, ill do it, ill take it, ill see you, i shall, will do, ill be there,
            be there, im coming, i am coming, im going, i am going, im joining, im available, i am available, on my way,
            omw, works for me, sounds good, sounds great, its a deal, you bet, not a problem, not a prob, no problem,
            no problems, no prob, no worries, why not, no doubt, without a doubt,
            oo, opo, oho, pwede, puwede, payag, game ako, kaya ko, makakapunta, pupunta, darating, sasama, syempre,
            siyempre, walang problema,
            claro, por supuesto, de acuerdo, confirmo, acepto, cuente conmigo, cuenta conmigo, alli estare, ahi estare,
            con gusto, sin problema, ningun problema
            """;

    private static final String OK = """
            ok, okay, okey, okie, oki, okok, alright, all right, thats fine, that is fine, fine with me, thats good,
            see you, see u, see ya, cu, c u, cya, sige, sige po, nos vemos, kita tayo,
            \uD83D\uDC4D, \uD83D\uDC4C, \u2705, \u2714, \u2611, \uD83E\uDD1D, \uD83C\uDD97, \uD83D\uDE4B
            """;

    private static final String REFUSAL = """
            nope, nah, naw, no way, no thanks, no thank you, no can do, no longer, never, disagree, disagreed, decline,
            declined, declining, refuse, refused, reject, rejected, cancel, cancelled, canceled, cancelling,
            cant, can t, cannot, can not, i cant, i can t, i cannot, i can not, i can never, could not, couldnt,
            wont, won t, will not, i wont, i won t, i will not, ill not, i will never, i shall not, shant, would not,
            wouldnt, unable, unavailable, impossible, not possible, not able, not available, not agree, not coming,
            not going, not attending, not joining, not interested, not accept, not confirmed, not ok, not okay, not fine,
            not good, dont agree, do not agree, i dont agree, i do not agree, dont want, do not want, don t want,
            i dont think so, i do not think so, count me out, im out, i am out, not me,
            not today, pass on this, have to pass, stop texting, stop messaging, leave me alone,
            hindi, hinde, indi, ayaw, ayoko, ayaw ko, di ako, di po, di pwede, di puwede, di kaya, bawal,
            no puedo, no quiero, no acepto, no podre, no voy, no ire, imposible, nunca, jamas, tampoco,
            \uD83D\uDC4E, \u274C, \uD83D\uDEAB, \uD83D\uDE45, \u26D4
            """;

    private static final String NO = "no, noo, non, no po";

    private static final String NOT = """
            not, dont, don t, do not, i dont, i do not, i don t, doesnt, does not, didnt, did not, isnt, is not, arent, are not, aint, wasnt, havent,
            have not, neither, nor, none, nothing, without, stop, di, wag, huwag, wala, walang, hardly
            """;

    private static final String BUT = "but, pero, however, though, except, kaso, kaya lang";

    private static final String DOUBT = """
            maybe, perhaps, possibly, probably, prob, might, may be, unsure, not sure, not so sure, not really sure,
            not quite sure, not too sure, not certain, im not sure, i am not sure, dont know, don t know, do not know,
            i dont know, i don t know, i do not know, dunno, idk, no idea, no clue, not yet, depends, depending,
            tentative, tentatively, pending, hopefully, i hope, hope i can, i wish, i wish i can, i hope i can, i think,
            i guess, if i can, if possible, if able, when i can, will try, ill try, i will try, i can try, try to,
            let you know, let u know, get back to you, let me check, will check, ill check, i will check, i will see,
            ill see, we will see, see if i can, busy, unless, only if, im ill, i am ill, im sick, i am sick, not at all,
            cant wait, i cant wait, cannot wait, cant agree more, i cant agree more, couldnt agree more,
            i couldnt agree more, could not agree more, cannot agree more, can not agree more, i cannot agree more,
            i can not agree more, wouldnt miss it, cant promise, i cant promise, cannot promise, cant say, i cant say,
            cannot say, not disagree, dont disagree, i dont disagree, do not disagree, i do not disagree, half agree,
            partly agree, yes and no,
            siguro, baka, ewan, depende, di sure, hindi sure, di sigurado, hindi sigurado, hindi pa, di pa,
            hindi ko alam, di ko alam, titingnan ko, tingnan ko, sana,
            tal vez, quiza, quizas, no se, no lo se, no estoy seguro, no estoy segura, a lo mejor, puede ser, si puedo,
            \uD83E\uDD37, \uD83E\uDD14
            """;

    private static final String NOTHING = """
            are you sure, r u sure, you sure, u sure, make sure, to be sure, please confirm, pls confirm, to confirm,
            you confirm, see you next, see you around, you agree, do not worry, dont worry, dont mind, i dont mind,
            do not mind, i do not mind, dont forget, do not forget, not only, never mind, yes or no, ill be late,
            i will be late, di ba
            """;

    private static final String YES_ALONE = """
            si, si po, si claro, si senor, si gracias, y, ya, g, in, game, deal, i do, i am, accept, approve, coming,
            going, attending, joining, available, available po
            """;

    private static final String OK_ALONE = "k, kk, ge, good, great, fine, cool, perfect, vale, bueno";

    /// @param words at least one
    record Phrase(List<String> words, Sense sense) {}

    private final Map<String, List<Phrase>> byFirstWord = new HashMap<>();
    private final Map<List<String>, Sense> alone = new HashMap<>();

    Phrases() {
        add(YES, Sense.YES);
        add(OK, Sense.OK);
        add(REFUSAL, Sense.REFUSAL);
        add(NO, Sense.NO);
        add(NOT, Sense.NOT);
        add(BUT, Sense.BUT);
        add(DOUBT, Sense.DOUBT);
        add(NOTHING, Sense.NOTHING);
        byFirstWord
                .values()
                .forEach(phrases -> phrases.sort(Comparator.comparingInt(
                                (Phrase phrase) -> phrase.words().size())
                        .reversed()));
        split(YES_ALONE).forEach(words -> alone.put(words, Sense.YES));
        split(OK_ALONE).forEach(words -> alone.put(words, Sense.OK));
    }

    /// Returns the phrases that begin with a word, the longest first.
    List<Phrase> beginningWith(String word) {
        return byFirstWord.getOrDefault(word, List.of());
    }

    /// Returns what a whole clause says that says nothing as part of a longer one: Spanish "sí" is yes
    /// and, without its accent, if; Tagalog "si" stands before names. Null if it is none of these.
    @Nullable
    Sense alone(List<String> clause) {
        return alone.get(clause);
    }

    private void add(String phrases, Sense sense) {
        for (List<String> words : split(phrases)) {
            byFirstWord
                    .computeIfAbsent(words.getFirst(), word -> new ArrayList<>())
                    .add(new Phrase(words, sense));
        }
    }

    private static List<List<String>> split(String phrases) {
        return Arrays.stream(phrases.split(",", -1))
                .map(phrase -> List.of(phrase.strip().split("\\s+", -1)))
                .toList();
    }
}
