package dev.sluice.service.sms.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelReaderTest {
    @ParameterizedTest
    @EnumSource(Label.class)
    void everyLabel(Label label) {
        assertThat(LabelReader.read(label.name())).contains(label);
        assertThat(LabelReader.read("{\"label\": \"" + label.name() + "\"}")).contains(label);
    }

    @ParameterizedTest
    @CsvSource({
        "' AGREE\n', AGREE",
        "Agree., AGREE",
        "**DISAGREE**, DISAGREE",
        "'\"unsure\"', UNSURE",
        "`NEUTRAL`, NEUTRAL"
    })
    void formsThatModelsUse(String answer, Label label) {
        assertThat(LabelReader.read(answer)).contains(label);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "YES",
                "NOT AGREE",
                "AGREE DISAGREE",
                "AGREE\nDISAGREE",
                "AGREE, because they said yes",
                "The label is AGREE",
                "not AGREE",
                "AGREED",
                "{}",
                "{\"label\": \"AGREE\", \"reply\": \"call me\"}",
                "{\"label\": \"AGREE\"} {\"label\": \"DISAGREE\"}",
                "{\"label\": \"AGREE\", \"label\": \"DISAGREE\"}",
                "{\"label\": [\"AGREE\"]}",
                "{\"label\": 1}",
                "{\"verdict\": \"AGREE\"}",
                "{\"label\": \"AGREE or so\"}",
                "{\"label\": \"AGREE\"",
                "[\"AGREE\"]",
                "\u0410GREE", // with a Cyrillic A
                "AGREE\u202e",
            })
    @DisplayName("S12 an answer that is not exactly one label is none")
    void anythingElse(String answer) {
        assertThat(LabelReader.read(answer)).isEmpty();
    }

    @Test
    @DisplayName("S12 a long answer is none, whatever it begins with")
    void overLong() {
        assertThat(LabelReader.read("AGREE" + " ".repeat(200))).isEmpty();
        assertThat(LabelReader.read("AGREE ".repeat(10_000))).isEmpty();
    }

    @Test
    void oldClientsKnowTwoNames() {
        assertThat(Label.AGREE.contractName()).isEqualTo("AGREE");
        assertThat(Label.DISAGREE.contractName()).isEqualTo("NOT AGREE");
        assertThat(Label.NEUTRAL.contractName()).isEqualTo("NOT AGREE");
        assertThat(Label.UNSURE.contractName()).isEqualTo("NOT AGREE");
    }
}
