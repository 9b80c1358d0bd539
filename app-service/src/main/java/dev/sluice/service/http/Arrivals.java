package dev.sluice.service.http;

import io.helidon.common.socket.SocketOptions;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Lets sockets in: so many at once, and each of them known until its connection is served.
///
/// Helidon's own limit loses a place for good with each TLS handshake that fails, and a handshake that never ends
/// keeps one for ever. So places are taken here, where the listener configures what it accepted; a connection that
/// is served gives its place back at its end, and a socket that never gets so far loses it to `closeOverdue`.
///
/// The listener's thread calls `configureSocket`; everything else is thread-safe.
final class Arrivals implements SocketOptions {
    private static final System.Logger LOG = System.getLogger(Arrivals.class.getName());
    private static final Duration ROOM_NEEDED = Duration.ofMillis(100);
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private record Arrival(Socket socket, long sinceNanos) {}

    private final SocketOptions options;
    private final int most;
    private final Semaphore places;
    private final LongSupplier nanos;
    private final Runnable makeRoom;
    private final ConcurrentMap<SocketAddress, Arrival> arriving = new ConcurrentHashMap<>();
    private long toldNanos;

    /// @param options what sockets are told
    /// @param most how many places there are
    /// @param makeRoom asked to free a place, if it can, when none is left
    Arrivals(SocketOptions options, int most, LongSupplier nanos, Runnable makeRoom) {
        this.options = options;
        this.most = most;
        this.places = new Semaphore(most);
        this.nanos = nanos;
        this.makeRoom = makeRoom;
        this.toldNanos = nanos.getAsLong() - SILENCE.toNanos();
    }

    /// Waits for a place; so do, in the backlog, those who come after.
    @Override
    public void configureSocket(Socket socket) {
        SocketOptions.super.configureSocket(socket);
        awaitPlace();
        Arrival before = arriving.put(socket.getRemoteSocketAddress(), new Arrival(socket, nanos.getAsLong()));
        if (before != null) {
            // its client is gone: the address is in use again
            giveUp(before);
        }
    }

    /// Hands over the socket of a client whose connection begins; its place is given back by `left`.
    ///
    /// @return empty if it was given up
    Optional<Socket> take(SocketAddress client) {
        return Optional.ofNullable(arriving.remove(client)).map(Arrival::socket);
    }

    /// Gives back the place of a connection that has ended.
    void left() {
        places.release();
    }

    /// Gives up sockets that failed, or did not become a connection within `limit`.
    void closeOverdue(Duration limit) {
        long now = nanos.getAsLong();
        arriving.forEach((client, arrival) -> {
            boolean over = arrival.socket.isClosed() || now - arrival.sinceNanos > limit.toNanos();
            if (over && arriving.remove(client, arrival)) {
                giveUp(arrival);
            }
        });
    }

    /// Gives up whatever is not a connection yet.
    void closeAll() {
        closeOverdue(Duration.ofNanos(-1));
    }

    private void giveUp(Arrival arrival) {
        SocketReset.of(arrival.socket);
        places.release();
    }

    private void awaitPlace() {
        try {
            while (!places.tryAcquire()) {
                tell();
                makeRoom.run();
                if (places.tryAcquire(ROOM_NEEDED.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a place", stopping);
        }
    }

    /// Once a minute: those who flood us must not flood the log.
    private void tell() {
        long now = nanos.getAsLong();
        if (now - toldNanos >= SILENCE.toNanos()) {
            toldNanos = now;
            LOG.log(Level.WARNING, "event=connections_full limit=" + most);
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
