package dev.sluice.ui.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The directory in which a service keeps its data, and where it and the console find each other.
///
/// @param path the directory, absolute
public record DataDirectory(Path path) {
    private static final System.Logger LOG = System.getLogger(DataDirectory.class.getName());

    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /// Returns the directory used when none is named: `SLUICE_HOME`, else the platform's place for user data.
    ///
    /// @param environment the environment variables
    /// @param os the value of `os.name`
    /// @param home the user's home directory
    public static DataDirectory standard(Map<String, String> environment, String os, Path home) {
        var named = environment.getOrDefault("SLUICE_HOME", "");
        if (!named.isBlank()) {
            return new DataDirectory(Path.of(named));
        }
        var system = os.toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return new DataDirectory(in(environment, "LOCALAPPDATA", home.resolve("AppData/Local"))
                    .resolve("Sluice"));
        }
        if (system.startsWith("mac")) {
            return new DataDirectory(home.resolve("Library/Application Support/Sluice"));
        }
        return new DataDirectory(
                in(environment, "XDG_DATA_HOME", home.resolve(".local/share")).resolve("sluice"));
    }

    private static Path in(Map<String, String> environment, String variable, Path otherwise) {
        var named = environment.getOrDefault(variable, "");
        return named.isBlank() ? otherwise : Path.of(named);
    }

    /// Returns what a service says of itself while it runs on this directory; empty if none does.
    Optional<RunningService> running() {
        var file = path.resolve("service.json");
        try {
            return Files.exists(file)
                    ? Optional.of(Json.mapper().readValue(Files.readAllBytes(file), RunningService.class))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            LOG.log(System.Logger.Level.WARNING, "unreadable file={0} reason=\"{1}\"", file, e.getOriginalMessage());
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "unreadable file={0} reason=\"{1}\"", file, e.getMessage());
            return Optional.empty();
        }
    }

    /// Reads the token that the service's first start left for the operators of this machine.
    Token token() throws IOException {
        return Token.read(path.resolve("operator.token"));
    }

    /// Returns the file a service started by the console writes its output to.
    public Path serviceLog() {
        return path.resolve("console-service.log");
    }

    /// Returns the file in which the console keeps its window's place and looks.
    public Path consoleFile() {
        return path.resolve("console.json");
    }
}
