package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.config.ConfigFile;
import dev.sluice.service.config.SettingCatalog;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository.Stored;
import dev.sluice.service.config.StartupValues;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveTextSettingsTest {
    @Test
    @DisplayName(
            "S22 the limits that ship: three replies an hour, ten a day, everywhere, and none at all until asked for")
    void defaults() {
        var policy = policy(Map.of());
        assertThat(policy.repliesPerHour()).isEqualTo(3);
        assertThat(policy.repliesPerDay()).isEqualTo(10);
        assertThat(policy.countries()).isEmpty();
        assertThat(policy.autoReply()).isFalse();
        assertThat(policy.windowRules().window()).isEqualTo(Duration.ofSeconds(60));
        assertThat(policy.windowRules().sliding()).isFalse();
        assertThat(policy.defaultRegion()).isEmpty();
        assertThat(policy.quietUntil(ZonedDateTime.parse("2026-03-01T03:00:00Z")))
                .isEmpty();
    }

    @Test
    void values() {
        var policy = policy(Map.of(
                "CONSOLIDATION_WINDOW", "5m",
                "CONSOLIDATION_MODE", "sliding",
                "SMS_AUTO_REPLY_ENABLED", "yes",
                "SMS_AUTO_REPLY_TEXT", "We heard you.",
                "SMS_COUNTRIES", "PH,US",
                "SMS_DEFAULT_REGION", "PH"));
        assertThat(policy.windowRules().window()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.windowRules().sliding()).isTrue();
        assertThat(policy.autoReply()).isTrue();
        assertThat(policy.autoReplyText()).hasValue("We heard you.");
        assertThat(policy.countries()).containsExactlyInAnyOrder("PH", "US");
        assertThat(policy.defaultRegion()).hasValue("PH");
    }

    @ParameterizedTest
    @CsvSource({"on,true,true", "hold-replies,false,true", "stop,false,false"})
    @DisplayName("S13 OUTBOUND: hold-replies keeps replies in, stop keeps calls in too")
    void outbound(String value, boolean replies, boolean calls) {
        var policy = policy(Map.of("OUTBOUND", value));
        assertThat(policy.repliesAllowed()).isEqualTo(replies);
        assertThat(policy.callsAllowed()).isEqualTo(calls);
    }

    @ParameterizedTest
    @CsvSource({
        "22:00-07:00, 2026-01-10T22:00:00Z, 2026-01-11T07:00:00Z",
        "22:00-07:00, 2026-01-10T23:59:59Z, 2026-01-11T07:00:00Z",
        "22:00-07:00, 2026-01-11T00:00:00Z, 2026-01-11T07:00:00Z",
        "22:00-07:00, 2026-01-11T06:59:59Z, 2026-01-11T07:00:00Z",
        "12:00-13:00, 2026-01-10T12:30:00Z, 2026-01-10T13:00:00Z",
        // the night in which the clock goes from 2 to 3, and the one in which it goes from 3 to 2
        "22:00-07:00, 2026-03-28T23:00:00+01:00[Europe/Berlin], 2026-03-29T07:00:00+02:00[Europe/Berlin]",
        "22:00-07:00, 2026-10-24T23:00:00+02:00[Europe/Berlin], 2026-10-25T07:00:00+01:00[Europe/Berlin]",
        "01:00-02:30, 2026-03-29T01:30:00+01:00[Europe/Berlin], 2026-03-29T03:00:00+02:00[Europe/Berlin]",
        "01:00-02:30, 2026-10-25T01:30:00+02:00[Europe/Berlin], 2026-10-25T02:30:00+02:00[Europe/Berlin]"
    })
    @DisplayName("S13 quiet hours end when the clock says so, over midnight and when the clocks change")
    void quiet(String span, ZonedDateTime now, ZonedDateTime end) {
        assertThat(policy(Map.of("SMS_QUIET_HOURS", span)).quietUntil(now))
                .hasValueSatisfying(found -> assertThat(found.toInstant()).isEqualTo(end.toInstant()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-10T21:59:59Z", "2026-01-11T07:00:00Z", "2026-01-11T12:00:00Z"})
    @DisplayName("S13 outside the quiet hours replies go out")
    void notQuiet(ZonedDateTime now) {
        assertThat(policy(Map.of("SMS_QUIET_HOURS", "22:00-07:00")).quietUntil(now))
                .isEmpty();
        assertThat(policy(Map.of("SMS_QUIET_HOURS", "07:00-07:00")).quietUntil(now))
                .isEmpty();
    }

    private static LiveTextSettings policy(Map<String, String> values) {
        return new LiveTextSettings(new Settings(
                new SettingCatalog(List.of("openai")),
                new StartupValues(Map.of(), values, ConfigFile.none()),
                new Stored(0, Map.of())));
    }
}
