package dev.sluice.service.http;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the HTTP layer listens and what it puts up with.
///
/// @param bind address to listen at
/// @param port port to listen at; 0 picks a free one
/// @param hostNames names accepted in `Host` beside loopback and `bind`
/// @param corsOrigins origins whose pages may use the API, never operations
/// @param maxBodyBytes largest request body
/// @param maxConnections most connections at once; further ones wait in the backlog
/// @param limits what slow or silent clients are allowed
/// @param stream how event streams behave
/// @param grace longest time that stopping takes
/// @param edge what stands between the service and its clients
public record HttpConfig(
        String bind,
        int port,
        Set<String> hostNames,
        Set<String> corsOrigins,
        int maxBodyBytes,
        int maxConnections,
        Limits limits,
        Stream stream,
        Duration grace,
        Edge edge) {
    /// @param tls what the service proves itself with; null to listen in the clear
    /// @param trustedProxies whose forwarded headers are believed
    public record Edge(@Nullable PemIdentity tls, AddressRanges trustedProxies) {
        /// Nothing: clients connect directly, in the clear.
        public static final Edge NONE = new Edge(null, AddressRanges.NONE);
    }

    /// @param write longest time one write may be stuck before the connection is closed
    /// @param body longest time a request's body may take to arrive
    /// @param head longest time a request's line and headers may take to arrive
    /// @param idle longest silence between requests
    public record Limits(Duration write, Duration body, Duration head, Duration idle) {
        /// Returns the shortest of those that are looked after now and then.
        Duration shortest() {
            return Collections.min(List.of(write, head, idle));
        }
    }

    /// @param retry reconnection delay told to clients
    /// @param heartbeat silence after which a stream's handler should send a comment
    /// @param drain time over which streams are ended when the service stops, so that clients do not all
    ///     return at once
    public record Stream(Duration retry, Duration heartbeat, Duration drain) {}

    public HttpConfig {
        hostNames = Set.copyOf(hostNames);
        corsOrigins = Set.copyOf(corsOrigins);
    }

    /// Configures a service whose clients connect directly, in the clear.
    public HttpConfig(
            String bind,
            int port,
            Set<String> hostNames,
            Set<String> corsOrigins,
            int maxBodyBytes,
            int maxConnections,
            Limits limits,
            Stream stream,
            Duration grace) {
        this(bind, port, hostNames, corsOrigins, maxBodyBytes, maxConnections, limits, stream, grace, Edge.NONE);
    }

    /// Returns the same for another address.
    public HttpConfig listeningAt(String otherBind, int otherPort) {
        return new HttpConfig(
                otherBind,
                otherPort,
                hostNames,
                corsOrigins,
                maxBodyBytes,
                maxConnections,
                limits,
                stream,
                grace,
                edge);
    }

    /// Returns the product's defaults.
    public static HttpConfig at(String bind, int port) {
        return new HttpConfig(
                bind,
                port,
                Set.of(),
                Set.of(),
                1 << 20,
                4096,
                new Limits(
                        Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofMinutes(2)),
                new Stream(Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMillis(300)),
                Duration.ofSeconds(10));
    }

    /// Returns a copy with other names accepted in `Host`.
    public HttpConfig withHostNames(Set<String> names) {
        return new HttpConfig(
                bind, port, names, corsOrigins, maxBodyBytes, maxConnections, limits, stream, grace, edge);
    }

    /// Returns a copy with other origins allowed.
    public HttpConfig withCorsOrigins(Set<String> origins) {
        return new HttpConfig(
                bind, port, hostNames, origins, maxBodyBytes, maxConnections, limits, stream, grace, edge);
    }

    /// Returns a copy with other limits.
    public HttpConfig withLimits(Limits other) {
        return new HttpConfig(
                bind, port, hostNames, corsOrigins, maxBodyBytes, maxConnections, other, stream, grace, edge);
    }

    /// Returns a copy with another body limit and number of connections.
    public HttpConfig withSizes(int bodyBytes, int connections) {
        return new HttpConfig(bind, port, hostNames, corsOrigins, bodyBytes, connections, limits, stream, grace, edge);
    }

    /// Returns a copy with other times for event streams.
    public HttpConfig withStream(Stream other) {
        return new HttpConfig(
                bind, port, hostNames, corsOrigins, maxBodyBytes, maxConnections, limits, other, grace, edge);
    }

    /// Returns a copy with another number of connections.
    public HttpConfig withConnections(int connections) {
        return withSizes(maxBodyBytes, connections);
    }

    /// Returns a copy with another grace.
    public HttpConfig withGrace(Duration other) {
        return new HttpConfig(
                bind, port, hostNames, corsOrigins, maxBodyBytes, maxConnections, limits, stream, other, edge);
    }

    /// Returns a copy with another edge.
    public HttpConfig withEdge(Edge other) {
        return new HttpConfig(
                bind, port, hostNames, corsOrigins, maxBodyBytes, maxConnections, limits, stream, grace, other);
    }
}
