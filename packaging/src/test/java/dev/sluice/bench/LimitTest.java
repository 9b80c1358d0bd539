package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitTest {
    @Test
    void aLimitIsMetUpToItself() {
        assertThat(Limit.atMost(1.5).verdict(1.5)).isEqualTo("met");
        assertThat(Limit.atLeast(0.75).verdict(0.75)).isEqualTo("met");
    }

    @Test
    void anExactLimitIsMissedOnBothSides() {
        assertThat(Limit.exactly(50).verdict(50)).isEqualTo("met");
        assertThat(Limit.exactly(50).verdict(49)).isEqualTo("missed by 2 %");
        assertThat(Limit.exactly(50).verdict(51)).isEqualTo("missed by 2 %");
        assertThat(Limit.exactly(0).verdict(1)).isEqualTo("missed");
    }

    @Test
    void aLimitIsWrittenAsPeopleDo() {
        assertThat(Limit.atMost(1.5).text("x")).isEqualTo("<= 1.50x");
        assertThat(Limit.atLeast(200).text("/s")).isEqualTo(">= 200/s");
        assertThat(Limit.exactly(50).text("")).isEqualTo("= 50");
    }

    @Test
    void aMissTellsByHowMuch() {
        assertThat(Limit.atMost(1.5).verdict(3)).isEqualTo("missed by 100 %");
        assertThat(Limit.atMost(1.5).verdict(1.501)).isEqualTo("missed by 0.1 %");
        assertThat(Limit.atLeast(0.5).verdict(0.4)).isEqualTo("missed by 20 %");
        assertThat(Limit.atMost(0).verdict(1)).isEqualTo("missed");
    }

    @Test
    void whatIsNoNumberIsNeverMet() {
        assertThat(Limit.atMost(1).verdict(Double.NaN)).isEqualTo("missed");
        assertThat(Limit.atLeast(1).verdict(Double.NaN)).isEqualTo("missed");
        assertThat(Limit.exactly(1).verdict(Double.NaN)).isEqualTo("missed");
    }

    @Test
    void numbersHaveThreeFiguresThatCount() {
        assertThat(Numbers.text(50)).isEqualTo("50");
        assertThat(Numbers.text(1_234_567.8)).isEqualTo("1 234 568");
        assertThat(Numbers.text(26.84)).isEqualTo("26.8");
        assertThat(Numbers.text(1.5)).isEqualTo("1.50");
        assertThat(Numbers.text(0.01234)).isEqualTo("0.0123");
        assertThat(Numbers.text(Double.NaN)).isEqualTo("none");
    }

    @Test
    void theTableIsInTheFileAfterEachRow(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("deep/results.md");
        var printed = new ByteArrayOutputStream();
        var report = new Report(List.of("a machine"), file, new PrintStream(printed, true, StandardCharsets.UTF_8));

        report.compared("P3", "p99", new Pairs.Comparison(6, 4, 1.5, 1, 2), "Varnish", " ms", Limit.atMost(1.25));
        String first = Files.readString(file);
        report.unmeasured("P4", "late joiner", Report.ABSENT);

        assertThat(first)
                .contains(
                        "| P3 | p99 | 6 ms | 4 ms (Varnish) | 1.50 (1 - 2) | <= 1.25x | missed by 20 %, pairs disagree |")
                .endsWith("\n\n- a machine\n");
        assertThat(Files.readString(file))
                .startsWith("| goal |")
                .contains("| P4 | late joiner |  |  |  |  | peer absent |");
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("| goal |");
    }
}
