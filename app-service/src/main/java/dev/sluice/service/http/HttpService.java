package dev.sluice.service.http;

import dev.sluice.service.auth.Auth;
import java.net.URI;
import java.util.List;

/// The running HTTP server. Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class HttpService implements AutoCloseable {
    private HttpService() {}

    /// Starts serving.
    ///
    /// @param checks what `/health/ready` asks
    public static HttpService start(HttpConfig config, Auth auth, List<Routes> routes, List<ReadinessCheck> checks) {
        throw new UnsupportedOperationException();
    }

    /// Returns the port it listens at.
    public int port() {
        throw new UnsupportedOperationException();
    }

    /// Returns where to reach it from this machine.
    public URI uri() {
        throw new UnsupportedOperationException();
    }

    /// Returns how many event streams are open.
    public int openStreams() {
        throw new UnsupportedOperationException();
    }

    /// Stops: readiness off, streams ended, requests in flight finished; bounded by the grace.
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
