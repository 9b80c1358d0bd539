package dev.sluice.service;

import dev.sluice.service.auth.BindRefused;
import dev.sluice.service.command.TokenCommand;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.provider.UpstreamLimits;
import dev.sluice.service.store.DataDirectoryInUseException;
import dev.sluice.service.store.NewerDatabaseException;
import dev.sluice.service.store.StoreUnavailableException;
import io.helidon.config.ConfigException;
import io.helidon.logging.common.LogConfig;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// Starts the service and runs it until SIGTERM; holds the commands beside it.
@Command(
        name = "sluice-service",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        subcommands = {TokenCommand.class, CheckConfigCommand.class},
        description = "Runs the Sluice service in the foreground until SIGTERM, or a command beside it.",
        footer = {
            "",
            "Each option can also be given in the environment (SLUICE_PORT, SLUICE_BIND, SLUICE_HOME, ...)",
            "or in DIR/application.yaml as kebab-case keys (sluice-port: 8000). See the README.",
            "",
            "Exit status: 0 after SIGTERM, 1 if it cannot start, 2 if it must not start so, or on wrong usage."
        })
public final class Main implements Callable<Integer> {
    private static final int CANNOT = 1;
    private static final int MUST_NOT = 2;

    @Mixin
    private final StartOptions options = new StartOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // injected by picocli before call()
    private CommandSpec spec;

    private Main() {}

    /// Runs the command line; see the exit status in its help.
    public static void main(String[] args) {
        if (args.length > 0 && !args[0].startsWith("-")) {
            // a command beside the service tells what it did itself
            Logger.getLogger("").setLevel(Level.WARNING);
        } else {
            Preload.begin();
        }
        int status = commandLine().execute(args);
        if (status != 0) {
            Runtime.getRuntime().halt(status);
        }
    }

    /// Returns the whole command line.
    static CommandLine commandLine() {
        var main = new CommandLine(new Main())
                .setUsageHelpWidth(100)
                .setExecutionStrategy(Main::run)
                .setExecutionExceptionHandler((failure, command, _) -> explain(failure, command));
        tellVersion(main);
        return main;
    }

    @Override
    public Integer call() throws InterruptedException {
        LogConfig.configureRuntime();
        StartupValues values = options.values();
        var upstream = new LiveUpstream(UpstreamLimits.DEFAULT);
        SluiceService service;
        try {
            service = SluiceService.start(ServiceConfig.from(values), values, upstream);
        } catch (RuntimeException refused) {
            upstream.close();
            throw refused;
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    service.close();
                    upstream.close();
                    // SIGTERM is the ordinary end: without this the JVM would report 143
                    Runtime.getRuntime().halt(0);
                }));
        PrintWriter out = spec.commandLine().getOut();
        out.println("listening on " + service.uri());
        out.flush();
        Thread.currentThread().join(); // until SIGTERM
        return 0;
    }

    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new VersionText());
        command.getSubcommands().values().forEach(Main::tellVersion);
    }

    /// An option before a command's name would be lost: a token would be made in another directory than was
    /// meant.
    private static int run(ParseResult parsed) {
        if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "Options of a command are given after its name.");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /// What a person can mend is one line; anything else is ours to look at.
    private static int explain(Exception failure, CommandLine command) throws Exception {
        boolean mendable = switch (failure) {
            case BindRefused _ -> true;
            case IllegalArgumentException _ -> true;
            case ConfigException _ -> true;
            case DataDirectoryInUseException _ -> true;
            case NewerDatabaseException _ -> true;
            case StoreUnavailableException _ -> true;
            case UncheckedIOException _ -> true;
            default -> false;
        };
        if (!mendable) {
            throw failure;
        }
        String message = String.valueOf(failure.getMessage());
        Throwable cause = failure instanceof UncheckedIOException io ? io.getCause() : null;
        String why = cause == null || message.contains(String.valueOf(cause.getMessage())) ? "" : ": " + cause;
        command.getErr().println("sluice-service: " + message + why);
        command.getErr().flush();
        return failure instanceof BindRefused ? MUST_NOT : CANNOT;
    }

    /// Tells the version from the jar's manifest.
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sluice-service " + Version.current()};
        }
    }
}
