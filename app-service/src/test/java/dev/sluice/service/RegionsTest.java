package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.service.config.TextSettings;
import dev.sluice.service.sms.text.PhoneNumbers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class RegionsTest {
    @Test
    @DisplayName("S17 every region that can be set has numbers that can be read")
    void regionsAreKnown() {
        List<String> settable = Arrays.stream(Locale.getISOCountries())
                .filter(RegionsTest::settable)
                .toList();
        assertThat(settable).hasSizeGreaterThan(200).contains("PH", "US", "DE");
        assertThat(settable)
                .allSatisfy(
                        region -> assertThat(PhoneNumbers.checkRegion(region)).isEqualTo(region));
    }

    @Test
    void othersAreRefused() {
        for (String wrong : List.of("XX", "PHL", "AQ", "1")) {
            assertThatThrownBy(() -> TextSettings.SMS_DEFAULT_REGION.canonical(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("SMS_DEFAULT_REGION");
        }
        assertThat(TextSettings.SMS_DEFAULT_REGION.canonical(" ")).isEmpty();
        assertThat(TextSettings.SMS_DEFAULT_REGION.canonical(" ph")).isEqualTo("PH");
    }

    private static boolean settable(String region) {
        try {
            return TextSettings.SMS_DEFAULT_REGION.canonical(region).equals(region);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
