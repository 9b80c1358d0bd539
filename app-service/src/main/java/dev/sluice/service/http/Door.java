package dev.sluice.service.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Accepts connections: each is served by Helidon's HTTP/1.1 through a `ClientConnection` of ours, and closed when
/// its client overstays a limit, or has been idle longest when others wait to come in. Thread-safe.
final class Door implements ServerConnectionSelector {
    private final Http1ConnectionSelector http1;
    private final LongSupplier nanos;
    private final Arrivals arrivals;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final Incidents readersDropped = new Incidents(InstantSource.system());

    /// @param options what sockets are told
    /// @param most how many connections there may be at once
    Door(Http1ConnectionSelector http1, SocketOptions options, int most, LongSupplier nanos) {
        this.http1 = http1;
        this.nanos = nanos;
        this.arrivals = new Arrivals(options, most, nanos, this::closeLongestIdle);
    }

    /// Returns what sockets are told, which is how each of them is seen when it arrives.
    SocketOptions arrivals() {
        return arrivals;
    }

    /// Closes the connections of clients that overstay.
    void closeOverdue(HttpConfig.Limits limits) {
        arrivals.closeOverdue(limits.head());
        long now = nanos.getAsLong();
        for (ClientConnection connection : connections) {
            if (connection.overdue(now, limits)) {
                if (connection.readerStuck(now, limits)) {
                    readersDropped.count();
                }
                connection.abort();
            }
        }
    }

    /// Closes the connections on which nothing is under way.
    void closeIdle() {
        connections.stream().filter(ClientConnection::idle).forEach(ClientConnection::abort);
    }

    private void closeLongestIdle() {
        long now = nanos.getAsLong();
        connections.stream()
                .filter(ClientConnection::idle)
                .max(Comparator.comparingLong(each -> now - each.sinceNanos()))
                .ifPresent(ClientConnection::abort);
    }

    /// Returns how many connections were closed because their client did not read.
    Incidents.Seen readersDropped() {
        return readersDropped.seen();
    }

    /// Closes every connection.
    void closeAll() {
        arrivals.closeAll();
        connections.forEach(ClientConnection::abort);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext socket) {
        Socket beneath = arrivals.take(socket.remotePeer().address())
                .orElseThrow(() -> new CloseConnectionException("given up before it was a connection"));
        var connection = new ClientConnection(socket, beneath, nanos);
        connections.add(connection);
        return new Served(connection, (Http1Connection) http1.connection(connection));
    }

    private final class Served implements ServerConnection, InterruptableTask<Void> {
        private final ClientConnection connection;
        private final Http1Connection http;

        Served(ClientConnection connection, Http1Connection http) {
            this.connection = connection;
            this.http = http;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            try {
                ScopedValue.where(ClientConnection.CURRENT, connection).<Void, InterruptedException>call(() -> {
                    http.handle(limit);
                    return null;
                });
            } finally {
                connections.remove(connection);
                connection.leave();
                arrivals.left();
            }
        }

        @Override
        public boolean canInterrupt() {
            return http.canInterrupt();
        }

        @Override
        public Duration idleTime() {
            return http.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            http.close(interrupt);
        }
    }
}
