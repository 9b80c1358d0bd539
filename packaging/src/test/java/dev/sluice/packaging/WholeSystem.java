package dev.sluice.packaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A service with a counting provider above it and a client below it.
@SuppressWarnings("try") // closing waits for the process, and a test that is interrupted must know
final class WholeSystem implements AutoCloseable {
    final CountingUpstream upstream;
    final Path dataDirectory;
    RunningService service;
    OldClient client;

    private WholeSystem(CountingUpstream upstream, Path dataDirectory, RunningService service) {
        this.upstream = upstream;
        this.dataDirectory = dataDirectory;
        this.service = service;
        this.client = new OldClient(service.base());
    }

    /// Starts all of it over an empty data directory.
    static WholeSystem start(Path dataDirectory) throws Exception {
        return start(dataDirectory, Map.of());
    }

    /// @param environment further settings of the service, until it is restarted
    static WholeSystem start(Path dataDirectory, Map<String, String> environment) throws Exception {
        var upstream = new CountingUpstream();
        return new WholeSystem(upstream, dataDirectory, run(upstream, dataDirectory, environment));
    }

    /// Starts the service again over the same data.
    void restart() throws Exception {
        client.close();
        service = run(upstream, dataDirectory, Map.of());
        client = new OldClient(service.base());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        // first the provider: it lets held answers go, so that nothing waits for them
        upstream.close();
        service.close();
        client.close();
    }

    private static RunningService run(CountingUpstream upstream, Path dataDirectory, Map<String, String> more)
            throws Exception {
        var environment = new HashMap<>(more);
        environment.put("PERPLEXITY_API_KEY", "test-key");
        environment.put("PERPLEXITY_BASE_URL", upstream.baseUri().toString());
        environment.put("DEFAULT_PROVIDER", "perplexity");
        return RunningService.start(dataDirectory, environment);
    }
}
