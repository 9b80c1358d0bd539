package dev.sluice.service.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the service was started with: command line flag over environment over file.
///
/// Names are those of the environment (`COALESCE_ENABLED`); in the file the same name is written
/// `coalesce-enabled`.
/// Immutable. Values may be secrets: nothing here prints them.
public final class StartupValues {
    /// A value and where it came from.
    ///
    /// @param source `flag`, `environment` or `file`
    public record Value(String text, String source) {
        /// Keeps what may be a secret out of logs.
        @Override
        public String toString() {
            return "Value[source=" + source + "]";
        }
    }

    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private final Function<String, Optional<String>> file;

    /// @param file looks a kebab-case key up in the configuration file
    public StartupValues(
            Map<String, String> flags, Map<String, String> environment, Function<String, Optional<String>> file) {
        this.flags = new LinkedHashMap<>(flags);
        this.environment = new LinkedHashMap<>(environment);
        this.file = file;
    }

    /// Returns a copy that lacks one name.
    public StartupValues without(String name) {
        var copy = new StartupValues(
                flags, environment, key -> key.equals(fileKey(name)) ? Optional.empty() : file.apply(key));
        copy.flags.remove(name);
        copy.environment.remove(name);
        return copy;
    }

    /// Looks a name up; an empty text counts as absent.
    public Optional<Value> find(String name) {
        return value(flags.get(name), "flag")
                .or(() -> value(environment.get(name), "environment"))
                .or(() -> file.apply(fileKey(name)).flatMap(text -> value(text, "file")));
    }

    /// Looks a name's text up.
    public Optional<String> text(String name) {
        return find(name).map(Value::text);
    }

    /// Keeps what may be secrets out of logs.
    @Override
    public String toString() {
        return "StartupValues[hidden]";
    }

    private static String fileKey(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<Value> value(@Nullable String text, String source) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(new Value(text.strip(), source));
    }
}
