package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenFilesTest {
    @ParameterizedTest
    @CsvSource({"4096, 1000000, 4096", "4096, 8192, 4096", "4096, 1000, 500", "4096, 3, 4", "2, 3, 2"})
    void clientsGetHalfOfWhatIsFree(int wanted, long free, int affordable) {
        assertThat(OpenFiles.affordable(wanted, free)).isEqualTo(affordable);
    }

    @Test
    void fewAreAlwaysAffordable() {
        assertThat(OpenFiles.connections(3)).isEqualTo(3);
    }
}
