package dev.sluice.model.sms;

import java.util.BitSet;

/// What a text costs: how many messages a network makes of it (3GPP 23.038 and 23.040).
///
/// @param units septets in GSM-7, where characters of the extension table count two, UTF-16 units in UCS-2
/// @param segments messages that are charged for; 0 for an empty text
public record Segments(Encoding encoding, int units, int segments) {
    /// How characters go over the air.
    public enum Encoding {
        /// Seven bits each: letters of most western languages, without most accents.
        GSM7(160, 153),
        /// Sixteen bits each, as soon as one character is none of GSM-7.
        UCS2(70, 67);

        private final int alone;
        private final int joined;

        Encoding(int alone, int joined) {
            this.alone = alone;
            this.joined = joined;
        }
    }

    private static final BitSet BASIC =
            characters("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    + "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
    private static final BitSet EXTENSION = characters("\f^{}\\[~]|€");

    /// Counts a text as it is, without replacing any character by a cheaper one.
    public static Segments of(String text) {
        boolean gsm = text.chars().allMatch(c -> BASIC.get(c) || EXTENSION.get(c));
        return gsm ? counted(Encoding.GSM7, text) : counted(Encoding.UCS2, text);
    }

    /// What belongs together is never cut: an escape and its character, two halves of a surrogate pair.
    private static Segments counted(Encoding encoding, String text) {
        int units = 0;
        int full = 0;
        int inLast = 0;
        for (int at = 0; at < text.length(); ) {
            int chars = encoding == Encoding.UCS2 ? Character.charCount(text.codePointAt(at)) : 1;
            int size = encoding == Encoding.UCS2 ? chars : EXTENSION.get(text.charAt(at)) ? 2 : 1;
            if (inLast + size > encoding.joined) {
                full++;
                inLast = 0;
            }
            inLast += size;
            units += size;
            at += chars;
        }
        if (units <= encoding.alone) {
            return new Segments(encoding, units, units == 0 ? 0 : 1);
        }
        return new Segments(encoding, units, full + 1);
    }

    private static BitSet characters(String all) {
        var set = new BitSet();
        all.chars().forEach(set::set);
        return set;
    }
}
