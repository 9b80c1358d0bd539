package dev.sluice.service.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.config.yaml.YamlConfigParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The configuration file: YAML with the names of the environment in kebab-case.
public final class ConfigFile {
    private ConfigFile() {}

    /// Returns a file that holds nothing.
    public static Function<String, Optional<String>> none() {
        return _ -> Optional.empty();
    }

    /// Reads a file; one that does not exist holds nothing.
    ///
    /// @throws io.helidon.config.ConfigException if it is not YAML
    public static Function<String, Optional<String>> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return none();
        }
        Config config = Config.builder()
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .disableParserServices()
                .addParser(YamlConfigParser.create())
                .addSource(ConfigSources.file(file))
                .build();
        return key -> config.get(key).asString().asOptional();
    }
}
