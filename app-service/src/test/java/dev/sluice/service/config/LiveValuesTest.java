package dev.sluice.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.model.ops.SettingView;
import dev.sluice.service.config.SettingsRepository.Revert;
import dev.sluice.service.config.SettingsRepository.Stored;
import dev.sluice.service.config.SettingsRepository.StoredValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveValuesTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");
    private static final SettingCatalog CATALOG = new SettingCatalog(List.of("openai", "mock"));

    @Test
    void everyDefaultIsCanonicalAndWithinItsBounds() {
        for (Setting setting : CATALOG.all()) {
            assertThat(setting.canonical(setting.defaultValue())).isEqualTo(setting.defaultValue());
            assertThat(setting.description()).endsWith(".");
        }
        assertThat(CATALOG.all())
                .extracting(Setting::name)
                .doesNotHaveDuplicates()
                .hasSize(33);
    }

    @ParameterizedTest
    @CsvSource({
        "COALESCE_RESULT_TTL, 30s",
        "COALESCE_ERROR_TTL, 2s",
        "LINGER_PLAIN, 0s",
        "LINGER_STREAM, 5s",
        "OUTBOUND, on",
        "ORG_REQUESTS_PER_MINUTE, 0",
        "OPENAI_RPS, 20",
        "OPENAI_BURST, 25",
        "OPENAI_CONCURRENCY, 32",
        "MOCK_QUEUE_TIMEOUT, 10s"
    })
    void shippedDefaults(String name, String value) {
        assertThat(view(started(Map.of()), name).value()).isEqualTo(value);
        assertThat(view(started(Map.of()), name).source()).isEqualTo("default");
    }

    @Test
    void onlyProvidersThatCanBeCalledHaveSettings() {
        assertThat(CATALOG.find("OPENAI_RPS")).isPresent();
        assertThat(CATALOG.find("KIMI_RPS")).isEmpty();
        assertThat(view(started(Map.of()), "OPENAI_RPS").rule())
                .isEqualTo(new SettingView.Rule("provider openai", List.of(), "1", "10000"));
        assertThat(CATALOG.providerOf(CATALOG.provider("mock").burst())).contains("mock");
    }

    @Test
    void lingerAtTheStartSetsBoth() {
        var both = started(Map.of("LINGER", "PT3S"));
        var one = started(Map.of("LINGER", "3", "LINGER_STREAM", "7s"));

        assertThat(both.duration(Setting.LINGER_PLAIN)).isEqualTo(Duration.ofSeconds(3));
        assertThat(both.duration(Setting.LINGER_STREAM)).isEqualTo(Duration.ofSeconds(3));
        assertThat(one.value(Setting.LINGER_PLAIN)).isEqualTo("3s");
        assertThat(one.value(Setting.LINGER_STREAM)).isEqualTo("7s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COALESCE_ENABLED",
                "COALESCE_RESULT_TTL",
                "LINGER",
                "OUTBOUND",
                "ORG_REQUESTS_PER_MINUTE",
                "OPENAI_RPS"
            })
    void badStartUpValueStopsTheStartByName(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> started(Map.of(name, "nonsense")))
                .withMessageStartingWith(name + " must be")
                .withMessageNotContaining("nonsense");
    }

    @ParameterizedTest
    @CsvSource({"OUTBOUND, later", "COALESCE_RESULT_TTL, 400d", "OPENAI_RPS, 0", "COALESCE_ENABLED, maybe"})
    @DisplayName("X5 a value that another release stored and this one cannot use falls back to the start's")
    void unusableStoredValueFallsBack(String name, String value) {
        var stored = new Stored(3, Map.of(name, new StoredValue(value, "ann", AT)));
        var settings = new Settings(CATALOG, new StartupValues(Map.of(), Map.of(), ConfigFile.none()), stored);
        SettingView view = view(settings, name);

        assertThat(view.value()).isEqualTo(view.defaultValue());
        assertThat(view.source()).isEqualTo("default");
        assertThat(view.changedBy()).isNull();
    }

    @Test
    void storedValueIsShownInCanonicalForm() {
        var settings = started(Map.of());
        settings.publish(new Stored(1, Map.of("COALESCE_RESULT_TTL", new StoredValue("PT60S", "ann", AT))));

        assertThat(settings.value(Setting.COALESCE_RESULT_TTL)).isEqualTo("60s");
    }

    @Test
    @DisplayName("C21 listeners hear which settings changed, once, and in the order of the changes")
    void listenersHearWhatChanged() {
        var settings = started(Map.of());
        var heard = new ArrayList<Set<Setting>>();
        settings.onChange(_ -> {
            throw new IllegalStateException("a listener's own fault");
        });
        settings.onChange(heard::add);

        settings.publish(new Stored(1, Map.of("OUTBOUND", new StoredValue("stop", "ann", AT))));
        settings.publish(new Stored(1, Map.of()));
        settings.publish(new Stored(2, Map.of("OUTBOUND", new StoredValue("STOP", "bob", AT))));
        settings.publish(new Stored(3, Map.of("OPENAI_RPS", new StoredValue("5", "bob", AT))));

        assertThat(heard)
                .containsExactly(
                        Set.of(Setting.OUTBOUND),
                        Set.of(Setting.OUTBOUND, CATALOG.provider("openai").requestsPerSecond()));
        assertThat(settings.number(CATALOG.provider("openai").requestsPerSecond()))
                .isEqualTo(5);
    }

    @Test
    void whatGoesBackByItselfIsShown() {
        var settings = started(Map.of());
        settings.publish(new Stored(
                1,
                Map.of("OUTBOUND", new StoredValue("stop", "ann", AT)),
                Map.of("OUTBOUND", new Revert(AT.plusSeconds(60), null))));

        assertThat(view(settings, "OUTBOUND").revert()).isEqualTo(new SettingView.Revert(AT.plusSeconds(60), null));
        assertThat(view(settings, "LINGER_PLAIN").revert()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPENAI_API_KEY",
                "OPENAI_BASE_URL",
                "OPENAI_MODEL",
                "SMS_MOBILE_API_KEY",
                "TWILIO_AUTH_TOKEN",
                "TWILIO_ACCOUNT_SID",
                "WEBHOOK_SECRET",
                "SMS_SENDER",
                "SMS_MOBILE_API_BASE_URL",
                "SMS_HTTP_URL",
                "SMS_HTTP_TOKEN",
                "TWILIO_FROM",
                "BATCH_WEBHOOK_URL",
                "BATCH_WEBHOOK_SECRET",
                "SLUICE_HOME",
                "CORS_ALLOWED_ORIGINS",
                "DEFAULT_PROVIDER",
                "MOCK_TTFT_MS",
                "LINGER"
            })
    @DisplayName("X2 keys, addresses and secrets are of the start only, and no live setting")
    void startUpOnlyNamesAreKnown(String name) {
        assertThat(StartupOnly.why(name).orElseThrow()).contains(name).contains("start");
        assertThat(CATALOG.find(name)).isEmpty();
    }

    @Test
    void otherNamesAreNotOfTheStart() {
        assertThat(StartupOnly.why("NO_SUCH")).isEmpty();
        assertThat(StartupOnly.why("openai_api_key")).isEmpty();
    }

    private static Settings started(Map<String, String> environment) {
        return new Settings(
                CATALOG, new StartupValues(Map.of(), environment, ConfigFile.none()), new Stored(0, Map.of()));
    }

    private static SettingView view(Settings settings, String name) {
        return settings.view().find(name).orElseThrow();
    }
}
