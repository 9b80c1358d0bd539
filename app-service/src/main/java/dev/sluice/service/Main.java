package dev.sluice.service;

import dev.sluice.service.auth.BindRefused;
import dev.sluice.service.config.ConfigFile;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.provider.UpstreamLimits;
import dev.sluice.service.store.DataDirectoryInUseException;
import dev.sluice.service.store.NewerDatabaseException;
import io.helidon.logging.common.LogConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts the service and runs it until SIGTERM.
@Command(
        name = "sluice-service",
        mixinStandardHelpOptions = true,
        versionProvider = Main.VersionText.class,
        description = "Runs the Sluice service in the foreground until SIGTERM.",
        footer = {
            "",
            "Each option can also be given in the environment (SLUICE_PORT, SLUICE_BIND, SLUICE_HOME, ...)",
            "or in DIR/application.yaml as kebab-case keys (sluice-port: 8000). See the README."
        })
public final class Main implements Callable<Integer> {
    private static final int CANNOT_START = 1;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen at; 0 for any free one. Default 8000.")
    private @Nullable String port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address to listen at. Default 127.0.0.1.")
    private @Nullable String bind;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: the user's data directory.")
    private @Nullable String dataDir;

    @Option(
            names = "--simulate",
            description = "Let simulated providers answer, even where real ones were configured before.")
    private boolean simulate;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected by picocli before call()
    private CommandSpec spec;

    private Main() {}

    /// Runs the command line; exits 0 after SIGTERM, 1 if the service cannot start, 2 on wrong usage.
    public static void main(String[] args) {
        LogConfig.configureRuntime();
        int status = new CommandLine(new Main()).execute(args);
        if (status != 0) {
            Runtime.getRuntime().halt(status);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        StartupValues values = values();
        var upstream = new LiveUpstream(UpstreamLimits.DEFAULT);
        SluiceService service;
        try {
            service = SluiceService.start(ServiceConfig.from(values), values, upstream);
        } catch (IllegalArgumentException
                | BindRefused
                | DataDirectoryInUseException
                | NewerDatabaseException refused) {
            err.println("sluice-service: " + refused.getMessage());
            err.flush();
            upstream.close();
            return CANNOT_START;
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    service.close();
                    upstream.close();
                    // SIGTERM is the ordinary end: without this the JVM would report 143
                    Runtime.getRuntime().halt(0);
                }));
        out.println("listening on " + service.uri());
        out.flush();
        Thread.currentThread().join(); // until SIGTERM
        return 0;
    }

    private StartupValues values() {
        Map<String, String> flags = new LinkedHashMap<>();
        put(flags, "SLUICE_PORT", port);
        put(flags, "SLUICE_BIND", bind);
        put(flags, "SLUICE_HOME", dataDir);
        if (simulate) {
            flags.put("SLUICE_SIMULATE", "1");
        }
        Map<String, String> environment = System.getenv();
        var home = new StartupValues(flags, environment, ConfigFile.none());
        Path directory = ServiceConfig.from(home).dataDirectory();
        return new StartupValues(flags, environment, ConfigFile.read(directory.resolve("application.yaml")));
    }

    private static void put(Map<String, String> flags, String name, @Nullable String value) {
        if (value != null) {
            flags.put(name, value);
        }
    }

    /// Tells the version from the jar's manifest.
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sluice-service " + Version.current()};
        }
    }
}
