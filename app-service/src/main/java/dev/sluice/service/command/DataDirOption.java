package dev.sluice.service.command;

import dev.sluice.service.config.ConfigFile;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.StartupValues;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Says which service's data a command works on.
final class DataDirOption {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The service's data directory. Default: SLUICE_HOME, else the user's data directory.")
    private @Nullable String dataDir;

    /// Returns the directory, which need not exist.
    Path path() {
        Map<String, String> flags = dataDir == null ? Map.of() : Map.of("SLUICE_HOME", dataDir);
        return ServiceConfig.dataDirectory(new StartupValues(flags, System.getenv(), ConfigFile.none()));
    }
}
