package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "120, PT2M",
        "' 5 ', PT5S",
        "999999999999, PT24H",
        "'Wed, 01 Jul 2026 12:00:30 GMT', PT30S",
        "'Wed, 01 Jul 2026 11:00:00 GMT', PT0S",
        "'Thu, 01 Jul 2027 12:00:00 GMT', PT24H",
    })
    void readsSecondsAndDates(String value, Duration delay) {
        assertThat(read("retry-after", value)).isEqualTo(delay);
    }

    @ParameterizedTest
    @CsvSource({"-1", "1.5", "soon", "''", "9999999999999999999999", "'Wed, 99 Jul 2026 12:00:30 GMT'", "٣"})
    void ignoresWhatItCannotRead(String value) {
        assertThat(read("retry-after", value)).isNull();
    }

    @Test
    void readsMilliseconds() {
        assertThat(read("retry-after-ms", "250")).isEqualTo(Duration.ofMillis(250));
    }

    private static @Nullable Duration read(String name, String value) {
        var headers = HttpHeaders.of(Map.of(name, List.of(value)), (n, v) -> true);
        return RetryAfter.read(headers, InstantSource.fixed(ProviderFixture.NOW));
    }
}
