package dev.sluice.service;

import dev.sluice.service.config.ConfigFile;
import dev.sluice.service.config.ServiceConfig;
import dev.sluice.service.config.StartupValues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a start can be told on the command line; anything can be told in the environment and in the file
/// too.
final class StartOptions {
    @Option(names = "--port", paramLabel = "N", description = "Port to listen at; 0 for any free one. Default 8000.")
    private @Nullable String port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address to listen at. Default 127.0.0.1; another one needs TLS or --behind-proxy, and a"
                    + " token.")
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

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Serve HTTPS with this certificate (PEM, with the chain).")
    private @Nullable String tlsCert;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM, PKCS#8, not encrypted).")
    private @Nullable String tlsKey;

    @Option(
            names = "--behind-proxy",
            description = "A proxy that speaks TLS stands in front: no trust mode, everybody needs a token.")
    private boolean behindProxy;

    @Option(
            names = "--trusted-proxies",
            split = ",",
            paramLabel = "ADDRESS",
            description = "Addresses and blocks (10.0.0.0/8) whose X-Forwarded-* and Forwarded headers are believed."
                    + " Default: none.")
    private @Nullable List<String> trustedProxies;

    @Option(
            names = "--public-host",
            split = ",",
            paramLabel = "NAME",
            description = "Names by which clients know the service, beside its own address.")
    private @Nullable List<String> publicHosts;

    StartOptions() {}

    /// Reads the flags, the environment and the file in the data directory.
    ///
    /// @throws IllegalArgumentException if the data directory's name is not acceptable
    /// @throws io.helidon.config.ConfigException if the file is not YAML
    StartupValues values() {
        Map<String, String> flags = flags();
        Map<String, String> environment = System.getenv();
        Path directory = ServiceConfig.dataDirectory(new StartupValues(flags, environment, ConfigFile.none()));
        return new StartupValues(flags, environment, ConfigFile.read(directory.resolve("application.yaml")));
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        put(flags, "SLUICE_PORT", port);
        put(flags, "SLUICE_BIND", bind);
        put(flags, "SLUICE_HOME", dataDir);
        put(flags, "SLUICE_SIMULATE", simulate ? "1" : null);
        put(flags, "SLUICE_TLS_CERT", tlsCert);
        put(flags, "SLUICE_TLS_KEY", tlsKey);
        put(flags, "SLUICE_BEHIND_PROXY", behindProxy ? "1" : null);
        put(flags, "SLUICE_TRUSTED_PROXIES", trustedProxies == null ? null : String.join(",", trustedProxies));
        put(flags, "SLUICE_PUBLIC_HOST", publicHosts == null ? null : String.join(",", publicHosts));
        return flags;
    }

    private static void put(Map<String, String> flags, String name, @Nullable String value) {
        if (value != null) {
            flags.put(name, value);
        }
    }
}
