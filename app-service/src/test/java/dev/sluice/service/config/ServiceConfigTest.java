package dev.sluice.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helidon.config.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceConfigTest {
    @Test
    void defaultsAreTheDocumentedOnes() {
        var config = ServiceConfig.from(environment(Map.of("SLUICE_HOME", "/data")));

        assertThat(config)
                .isEqualTo(new ServiceConfig(
                        "127.0.0.1", 8000, Path.of("/data"), false, Set.of(), 20, 4_096, Duration.ofSeconds(10)));
    }

    @Test
    void everythingIsRead() {
        var config = ServiceConfig.from(environment(Map.ofEntries(
                Map.entry("SLUICE_BIND", "::1"),
                Map.entry("SLUICE_PORT", "0"),
                Map.entry("SLUICE_HOME", "/data"),
                Map.entry("SLUICE_SIMULATE", "yes"),
                Map.entry("CORS_ALLOWED_ORIGINS", "http://a:1, http://b:2,,"),
                Map.entry("MAX_CONTEXT_MESSAGES", "0"),
                Map.entry("SLUICE_MAX_CONNECTIONS", "20000"),
                Map.entry("SLUICE_GRACE", "3"))));

        assertThat(config)
                .isEqualTo(new ServiceConfig(
                        "::1",
                        0,
                        Path.of("/data"),
                        true,
                        Set.of("http://a:1", "http://b:2"),
                        0,
                        20_000,
                        Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "SLUICE_PORT, -1",
        "SLUICE_PORT, 65536",
        "SLUICE_PORT, http",
        "SLUICE_PORT, 80.5",
        "SLUICE_PORT, 99999999999",
        "SLUICE_SIMULATE, perhaps",
        "MAX_CONTEXT_MESSAGES, 1001",
        "SLUICE_MAX_CONNECTIONS, 15",
        "SLUICE_MAX_CONNECTIONS, 100001",
        "SLUICE_GRACE, 1.5s"
    })
    void whatIsNotAcceptableIsRefusedByName(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceConfig.from(environment(Map.of("SLUICE_HOME", "/data", name, value))))
                .withMessageStartingWith(name);
    }

    @ParameterizedTest
    @CsvSource({
        "60, 60000",
        "60s, 60000",
        "500ms, 500",
        "5m, 300000",
        "2h, 7200000",
        "30d, 2592000000",
        "PT60S, 60000",
        "pt1.5s, 1500",
        "P1D, 86400000",
        "' 7s ', 7000",
        "0, 0",
        "0ms, 0"
    })
    void durationsInEveryForm(String text, long millis) {
        assertThat(Durations.parse("X", text)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "s", "-1", "1 s", "1S", "1.5", "1e3", "5 minutes", "9999999999", "PT", "PT-5M"})
    void whatIsNoDurationIsRefusedByName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("LINGER", text))
                .withMessageContaining("LINGER")
                .withMessageContaining("PT60S");
    }

    @Test
    void fileIsReadInKebabCase(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("application.yaml");
        Files.writeString(file, "sluice-port: 8123\ncoalesce-enabled: off\nlinger-stream: 9s\n");
        var values = new StartupValues(Map.of(), Map.of("LINGER_STREAM", "1s"), ConfigFile.read(file));

        assertThat(values.find("SLUICE_PORT")).contains(new StartupValues.Value("8123", "file"));
        assertThat(values.find("LINGER_STREAM")).contains(new StartupValues.Value("1s", "environment"));
        assertThat(values.find("COALESCE_RESULT_TTL")).isEmpty();
        assertThat(Setting.COALESCE_ENABLED.canonical(
                        values.text("COALESCE_ENABLED").orElseThrow()))
                .isEqualTo("0");
    }

    @Test
    void fileThatIsNotThereHoldsNothing(@TempDir Path directory) {
        assertThat(ConfigFile.read(directory.resolve("none.yaml")).apply("sluice-port"))
                .isEmpty();
    }

    @Test
    void fileThatIsNoYamlIsRefused(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("application.yaml");
        Files.writeString(file, "sluice-port: [unclosed\n");

        assertThatException().isThrownBy(() -> ConfigFile.read(file)).isInstanceOf(ConfigException.class);
    }

    @Test
    @DisplayName("X2 start-up values are not printed: they may be secrets")
    void valuesAreNotPrinted() {
        var values = environment(Map.of("OPENAI_API_KEY", "sk-secret"));

        assertThat(values.find("OPENAI_API_KEY").orElseThrow().toString()).doesNotContain("sk-secret");
    }

    @Test
    void dataDirectoryIsThePlatforms() {
        Path home = Path.of(System.getProperty("user.home"));

        assertThat(ServiceConfig.defaultDataDirectory(name -> name.equals("XDG_DATA_HOME") ? "/xdg" : null))
                .satisfiesAnyOf(
                        path -> assertThat(path).isEqualTo(Path.of("/xdg", "sluice")),
                        path -> assertThat(path).startsWithRaw(home));
        assertThat(ServiceConfig.defaultDataDirectory(_ -> null)).startsWithRaw(home);
    }

    private static StartupValues environment(Map<String, String> environment) {
        return new StartupValues(Map.of(), environment, _ -> Optional.empty());
    }
}
