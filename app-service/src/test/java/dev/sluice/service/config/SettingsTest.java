package dev.sluice.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.model.ops.SettingView;
import dev.sluice.service.config.SettingsRepository.Stored;
import dev.sluice.service.config.SettingsRepository.StoredValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final SettingCatalog CATALOG = new SettingCatalog(List.of("openai"));
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07Z");
    private static final Stored NOTHING = new Stored(0, Map.of());
    private static final String NAME = "COALESCE_ENABLED";

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 0, 1, operator",
        ", 1, 0, 0, 1, flag",
        ", , 1, 0, 1, environment",
        ", , , 0, 0, file",
        ", , , , 1, default",
        "0, , , , 0, operator",
        ", ' ', '', 0, 0, file"
    })
    void sourcesInTheirOrder(
            @Nullable String operator,
            @Nullable String flag,
            @Nullable String environment,
            @Nullable String file,
            String value,
            String source) {
        var stored = operator == null ? NOTHING : new Stored(3, Map.of(NAME, new StoredValue(operator, "ann", AT)));
        var settings = new Settings(CATALOG, values(flag, environment, file), stored);
        SettingView view = settings.view().find(NAME).orElseThrow();

        assertThat(settings.value(Setting.COALESCE_ENABLED)).isEqualTo(value);
        assertThat(view.value()).isEqualTo(value);
        assertThat(view.source()).isEqualTo(source);
        assertThat(view.changedBy()).isEqualTo(operator == null ? null : "ann");
        assertThat(view.changedAt()).isEqualTo(operator == null ? null : AT);
        assertThat(view.defaultValue()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "true, 1",
        "YES, 1",
        "On, 1",
        "' 1 ', 1",
        "0, 0",
        "false, 0",
        "no, 0",
        "OFF, 0",
    })
    void flagsInEveryForm(String text, String canonical) {
        assertThat(new Settings(CATALOG, values(null, text, null), NOTHING).value(Setting.COALESCE_ENABLED))
                .isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "enabled", "wahr", "1.0", "01", "yes no", "\u0131"})
    void whatIsNoFlagIsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(CATALOG, values(null, text, null), NOTHING))
                .withMessageContaining(NAME)
                .withMessageNotContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "COALESCE_RESULT_TTL, soon",
        "COALESCE_ERROR_TTL, -1",
        "LINGER_PLAIN, PT-1S",
        "LINGER_STREAM, 1w",
        "OPENAI_BURST, many",
        "OUTBOUND, maybe"
    })
    void whatIsNotAcceptableAtTheStartIsRefusedByName(String name, String value) {
        var given = new StartupValues(Map.of(), Map.of(name, value), _ -> Optional.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Settings(CATALOG, given, NOTHING))
                .withMessageContaining(name)
                .withMessageNotContaining(value);
    }

    @Test
    void onlyANewerStateIsPutInForce() {
        var settings = new Settings(CATALOG, values(null, null, null), NOTHING);

        settings.publish(new Stored(2, Map.of(NAME, new StoredValue("0", "ann", AT))));
        settings.publish(new Stored(1, Map.of(NAME, new StoredValue("1", "bob", AT))));
        settings.publish(new Stored(2, Map.of()));

        assertThat(settings.on(Setting.COALESCE_ENABLED)).isFalse();
        assertThat(settings.version()).isEqualTo(2);
        assertThat(settings.view().etag()).isEqualTo("\"2\"");
        settings.publish(new Stored(3, Map.of()));
        assertThat(settings.on(Setting.COALESCE_ENABLED)).isTrue();
    }

    @Test
    void storedNamesOfOtherReleasesAreIgnored() {
        var settings = new Settings(
                CATALOG, values(null, null, null), new Stored(1, Map.of("NO_LONGER", new StoredValue("x", "ann", AT))));

        assertThat(settings.view().find("NO_LONGER")).isEmpty();
        assertThat(settings.view().settings()).hasSize(CATALOG.all().size());
    }

    @Test
    void namesAreFoundExactly() {
        assertThat(CATALOG.find(NAME)).contains(Setting.COALESCE_ENABLED);
        assertThat(CATALOG.find("coalesce_enabled")).isEmpty();
        assertThat(CATALOG.find("OPENAI_API_KEY")).isEmpty();
    }

    private static StartupValues values(@Nullable String flag, @Nullable String environment, @Nullable String file) {
        return new StartupValues(
                map(flag),
                map(environment),
                key -> key.equals("coalesce-enabled") ? Optional.ofNullable(file) : Optional.empty());
    }

    private static Map<String, String> map(@Nullable String value) {
        return value == null ? Map.of() : Map.of(NAME, value);
    }
}
