package dev.sluice.ui.app;

import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.link.DataDirectory;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.application.Application;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Starts the console. A plain class: the launcher of a JavaFX application must not extend it.
@Command(
        name = "sluice-console",
        mixinStandardHelpOptions = true,
        version = "sluice-console 0.1.0",
        description = "Opens the operations console, with the bundled service unless --connect names another.")
public final class Main implements Callable<Integer> {
    @Option(names = "--connect", paramLabel = "URL", description = "A running service, such as http://127.0.0.1:8000.")
    private @Nullable URI connect;

    @Option(names = "--token-file", paramLabel = "FILE", description = "The token for --connect, alone in a file.")
    private @Nullable Path tokenFile;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "The bundled service's data directory.")
    private @Nullable Path dataDir;

    @Option(names = "--port", paramLabel = "N", description = "The bundled service's port; 0 for any. Default 8000.")
    private int port = 8000;

    @Option(names = "--theme", paramLabel = "light|dark|system", description = "Default: as it was last.")
    private @Nullable String theme;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected by picocli before call()
    private CommandSpec spec;

    private Main() {}

    /// Runs the console until its window is closed; exits 2 on wrong usage.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() {
        ConsoleApp.OPTIONS.set(new ConsoleApp.Options(place()));
        Application.launch(ConsoleApp.class);
        return 0;
    }

    private ServicePlace place() {
        if (port < 0 || port > 65_535) {
            throw wrong("--port must be from 0 to 65535");
        }
        DataDirectory directory = dataDir != null
                ? new DataDirectory(dataDir)
                : DataDirectory.standard(
                        System.getenv(), System.getProperty("os.name", ""), Path.of(System.getProperty("user.home")));
        return new ServicePlace(fixed(), directory, port, chosenTheme());
    }

    private Optional<Endpoint> fixed() {
        if (connect == null) {
            if (tokenFile != null) {
                throw wrong("--token-file goes with --connect");
            }
            return Optional.empty();
        }
        if (tokenFile == null) {
            throw wrong("--connect needs --token-file: operations are never open to everybody");
        }
        if (!Endpoint.valid(connect)) {
            throw wrong("--connect must be an http or https address with a host");
        }
        try {
            return Optional.of(new Endpoint(connect, Token.read(tokenFile)));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Theme> chosenTheme() {
        if (theme == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Theme.valueOf(theme.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--theme must be light, dark or system", e);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
