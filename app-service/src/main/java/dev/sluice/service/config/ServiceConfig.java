package dev.sluice.service.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the service was told at its start and keeps until its end.
///
/// @param bind the address to listen at
/// @param port the port to listen at, 0 for any free one
/// @param dataDirectory where everything is kept
/// @param simulate whether simulated providers were asked for
/// @param corsOrigins origins whose pages may use the API, never operations
/// @param contextMessages how many earlier messages a prompt takes at most
/// @param maxConnections most connections of clients at once
/// @param grace how long stopping may take
public record ServiceConfig(
        String bind,
        int port,
        Path dataDirectory,
        boolean simulate,
        Set<String> corsOrigins,
        int contextMessages,
        int maxConnections,
        Duration grace) {
    /// Reads the configuration.
    ///
    /// @throws IllegalArgumentException naming what is not acceptable
    public static ServiceConfig from(StartupValues values) {
        return new ServiceConfig(
                values.text("SLUICE_BIND").orElse("127.0.0.1"),
                number(values, "SLUICE_PORT", 8000, 0, 65_535),
                dataDirectory(values),
                flag(values, "SLUICE_SIMULATE"),
                values.text("CORS_ALLOWED_ORIGINS").map(ServiceConfig::list).orElse(Set.of()),
                number(values, "MAX_CONTEXT_MESSAGES", 20, 0, 1_000),
                number(values, "SLUICE_MAX_CONNECTIONS", 4_096, 16, 100_000),
                duration(values, "SLUICE_GRACE", Duration.ofSeconds(10)));
    }

    /// Reads where everything is kept.
    ///
    /// @throws IllegalArgumentException if it can be no path
    public static Path dataDirectory(StartupValues values) {
        return values.text("SLUICE_HOME").map(Path::of).orElseGet(() -> defaultDataDirectory(System::getenv));
    }

    /// Reads a whole number.
    ///
    /// @throws IllegalArgumentException naming the variable
    public static int number(StartupValues values, String name, int fallback, int min, int max) {
        Optional<String> text = values.text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        if (text.get().matches("-?[0-9]{1,9}")) {
            int number = Integer.parseInt(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new BadValueException(name, name + " must be a whole number from " + min + " to " + max + ".");
    }

    /// Reads a duration.
    ///
    /// @throws IllegalArgumentException naming the variable
    public static Duration duration(StartupValues values, String name, Duration fallback) {
        return values.text(name).map(text -> Durations.parse(name, text)).orElse(fallback);
    }

    /// Returns where this platform keeps a user's data.
    static Path defaultDataDirectory(Function<String, @Nullable String> environment) {
        String home = System.getProperty("user.home");
        String system = System.getProperty("os.name", "");
        if (system.startsWith("Mac")) {
            return Path.of(home, "Library", "Application Support", "Sluice");
        }
        if (system.startsWith("Windows")) {
            String local = environment.apply("LOCALAPPDATA");
            return local == null ? Path.of(home, "AppData", "Local", "Sluice") : Path.of(local, "Sluice");
        }
        String data = environment.apply("XDG_DATA_HOME");
        return data == null || data.isBlank() ? Path.of(home, ".local", "share", "sluice") : Path.of(data, "sluice");
    }

    static boolean flag(StartupValues values, String name) {
        return values.text(name)
                .map(text -> new ValueType.Flag().canonical(name, text).equals("1"))
                .orElse(false);
    }

    static Set<String> list(String text) {
        var items = new LinkedHashSet<String>();
        Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .forEach(items::add);
        return items;
    }
}
