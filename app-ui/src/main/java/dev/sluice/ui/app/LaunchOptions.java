package dev.sluice.ui.app;

import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.link.Authorities;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command line of the console.
@Command(
        name = "sluice-console",
        description = "Watch and steer a Sluice service. Without --connect, the service on this machine's data"
                + " directory is used, and started if it does not run.",
        mixinStandardHelpOptions = true,
        versionProvider = LaunchOptions.Version.class)
final class LaunchOptions {
    private static final int MAX_PORT = 65_535;

    @Option(names = "--connect", paramLabel = "URL", description = "A running service, for example http://host:8000.")
    private @Nullable URI connect;

    @Option(names = "--token-file", paramLabel = "FILE", description = "Holds the operator's token for --connect.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM certificates to trust for --connect https://..., instead of this machine's.")
    private @Nullable Path ca;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Where the bundled service keeps its data.")
    private @Nullable Path dataDir;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Where a bundled service listens; 0 for any free port. Default: 8000.")
    private @Nullable Integer port;

    @Option(
            names = "--theme",
            paramLabel = "light|dark|system",
            description = "How the console looks. Default: as at the last start.",
            converter = ThemeName.class)
    private @Nullable Theme theme;

    /// Parses and checks a command line.
    ///
    /// @throws CommandLine.ParameterException if it makes no sense, with one line that says why
    static CommandLine parse(LaunchOptions options, String... args) {
        var line = new CommandLine(options);
        line.parseArgs(args);
        if (!line.isUsageHelpRequested() && !line.isVersionHelpRequested()) {
            options.check(line);
        }
        return line;
    }

    @Nullable
    URI connect() {
        return connect;
    }

    @Nullable
    Path tokenFile() {
        return tokenFile;
    }

    @Nullable
    Path ca() {
        return ca;
    }

    @Nullable
    Path dataDir() {
        return dataDir;
    }

    int port() {
        return port != null ? port : 8000;
    }

    @Nullable
    Theme theme() {
        return theme;
    }

    private void check(CommandLine line) {
        if (connect != null && !Endpoint.valid(connect)) {
            throw wrong(line, "--connect needs a URL like http://host:8000, not '" + connect + "'");
        }
        if (connect != null) {
            checkToken(line, tokenFile);
        }
        checkAuthorities(line);
        if (connect == null && tokenFile != null) {
            throw wrong(line, "--token-file goes with --connect URL; the bundled service's token is found by itself");
        }
        if (connect != null && (port != null || dataDir != null)) {
            throw wrong(line, "--port and --data-dir are for the bundled service and do not go with --connect");
        }
        if (port() < 0 || port() > MAX_PORT) {
            throw wrong(line, "--port must be 0-65535, not " + port());
        }
    }

    private static void checkToken(CommandLine line, @Nullable Path file) {
        if (file == null) {
            throw wrong(line, "--connect needs --token-file FILE, the operator's token for that service");
        }
        try {
            Token.read(file);
        } catch (IOException e) {
            throw wrong(line, e.getMessage());
        }
    }

    private void checkAuthorities(CommandLine line) {
        var url = connect;
        var file = ca;
        if (file == null) {
            return;
        }
        if (url == null || !"https".equalsIgnoreCase(url.getScheme())) {
            throw wrong(line, "--ca goes with --connect https://...");
        }
        try {
            Authorities.read(file);
        } catch (IOException e) {
            throw wrong(line, e.getMessage());
        }
    }

    private static CommandLine.ParameterException wrong(CommandLine line, @Nullable String message) {
        return new CommandLine.ParameterException(line, message);
    }

    /// Reads a theme's name in lower case, as it is written in the help.
    static final class ThemeName implements CommandLine.ITypeConverter<Theme> {
        @Override
        public Theme convert(String value) {
            return switch (value) {
                case "light" -> Theme.LIGHT;
                case "dark" -> Theme.DARK;
                case "system" -> Theme.SYSTEM;
                default ->
                    throw new CommandLine.TypeConversionException(
                            "expected light, dark or system, not '" + value + "'");
            };
        }
    }

    /// Tells the version that stands in the jar.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = LaunchOptions.class.getPackage().getImplementationVersion();
            return new String[] {"sluice-console " + (version != null ? version : "(development)")};
        }
    }
}
