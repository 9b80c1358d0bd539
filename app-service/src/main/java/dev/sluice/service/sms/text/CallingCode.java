package dev.sluice.service.sms.text;

import java.util.Set;

/// How many digits of an international number are its country's calling code (ITU-T E.164, annex D).
final class CallingCode {
    private static final int SEVERAL = 3;
    private static final Set<String> TWO = Set.of(
            "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
            "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84",
            "86", "90", "91", "92", "93", "94", "95", "98");

    private CallingCode() {}

    /// @param digits of an international number, without the plus
    static int length(String digits) {
        if (digits.startsWith("1") || digits.startsWith("7")) {
            return 1;
        }
        return digits.length() >= 2 && TWO.contains(digits.substring(0, 2)) ? 2 : SEVERAL;
    }
}
