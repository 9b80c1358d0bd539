package dev.sluice.model.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.sms.Segments.Encoding;
import org.junit.jupiter.api.Test;

final class SegmentsTest {
    @Test
    void sevenBits() {
        assertThat(Segments.of("")).isEqualTo(new Segments(Encoding.GSM7, 0, 0));
        assertThat(Segments.of("Thank you for replying.")).isEqualTo(new Segments(Encoding.GSM7, 23, 1));
        gsm("a".repeat(160), 160, 1);
        gsm("a".repeat(161), 161, 2);
        gsm("a".repeat(306), 306, 2);
        gsm("a".repeat(307), 307, 3);
        gsm("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ¤ÄÖÑÜ§¿äöñüà¡", 45, 1);
    }

    @Test
    void extensionCharactersCountTwo() {
        gsm("^{}\\[~]|€\f", 20, 1);
        gsm("€".repeat(80), 160, 1);
        gsm("€".repeat(81), 162, 2);
    }

    @Test
    void escapeIsNotParted() {
        // the euro would begin on the last septet of the first message
        gsm("a".repeat(152) + "€" + "a".repeat(151), 305, 2);
        gsm("a".repeat(152) + "€" + "a".repeat(152), 306, 3);
    }

    @Test
    void sixteenBits() {
        ucs("ñő", 2, 1);
        ucs("ő".repeat(70), 70, 1);
        ucs("ő".repeat(71), 71, 2);
        ucs("ő".repeat(134), 134, 2);
        ucs("ő".repeat(135), 135, 3);
        ucs("see you \u2018soon\u2019", 14, 1); // curly quotes
        ucs("ç", 1, 1); // only its capital is in the table
    }

    @Test
    void surrogatesAreNotParted() {
        ucs("👍".repeat(35), 70, 1);
        ucs("👍".repeat(36), 72, 2);
        ucs("👍".repeat(66), 132, 2); // 33 pairs to a message of 67
        ucs("👍".repeat(67), 134, 3);
    }

    private static void gsm(String text, int units, int segments) {
        assertThat(Segments.of(text)).isEqualTo(new Segments(Encoding.GSM7, units, segments));
    }

    private static void ucs(String text, int units, int segments) {
        assertThat(Segments.of(text)).isEqualTo(new Segments(Encoding.UCS2, units, segments));
    }
}
