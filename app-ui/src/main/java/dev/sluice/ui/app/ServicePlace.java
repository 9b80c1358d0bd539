package dev.sluice.ui.app;

import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.link.BundledService;
import dev.sluice.ui.link.DataDirectory;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.FixedService;
import dev.sluice.ui.link.ServiceCommand;
import dev.sluice.ui.link.ServiceSource;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Which service the console is for, and where it keeps its own things.
///
/// @param fixed the service that was named; empty for the bundled one
/// @param directory the bundled service's data directory
/// @param port the port a bundled service is started on
/// @param theme the theme asked for; empty for the one kept
record ServicePlace(Optional<Endpoint> fixed, DataDirectory directory, int port, Optional<Theme> theme) {
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);

    ServiceSource source(HttpClient http) {
        return fixed.<ServiceSource>map(FixedService::new)
                .orElseGet(() -> new BundledService(
                        http, directory, ServiceCommand.from(System.getProperties()), port, START_PATIENCE));
    }

    Path memory() {
        return directory.consoleFile();
    }
}
