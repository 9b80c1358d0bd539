package dev.sluice.service.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One client's connection, put between Helidon and the socket so that reads and writes can be watched and
/// bounded.
///
/// Used by the connection's virtual thread, except for `overdue` and `abort`.
final class ClientConnection implements ConnectionContext {
    /// The connection whose request the current thread serves.
    static final ScopedValue<ClientConnection> CURRENT = ScopedValue.newInstance();

    private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());
    private static final Duration LINGER = Duration.ofMillis(500);
    private static final int LINGER_BYTES = 4 << 20;

    private enum Phase {
        /// Between requests, nothing of the next one has come.
        IDLE,
        /// A request's line and headers are coming.
        HEAD,
        /// A request is being served.
        REQUEST
    }

    private record Progress(Phase phase, long sinceNanos) {}

    private final ConnectionContext socket;
    private final Socket beneath;
    private final LongSupplier nanos;
    private final Intake intake;
    private final Outlet outlet;
    private final DataReader reader;
    private volatile Progress progress;
    private volatile boolean aborted;
    private boolean linger;
    private @Nullable Exchange exchange;

    /// @param beneath the socket that Helidon keeps to itself
    ClientConnection(ConnectionContext socket, Socket beneath, LongSupplier nanos) {
        this.socket = socket;
        this.beneath = beneath;
        this.nanos = nanos;
        this.intake = new Intake(socket.serverSocket(), nanos);
        this.outlet = new Outlet(socket.dataWriter(), nanos);
        this.reader = new StrictReader(this::read);
        this.progress = new Progress(Phase.IDLE, nanos.getAsLong());
    }

    Intake intake() {
        return intake;
    }

    long bytesWritten() {
        return outlet.bytes();
    }

    /// Returns the other end's address.
    InetAddress address() {
        return ((InetSocketAddress) socket.remotePeer().address()).getAddress();
    }

    void begin(Exchange started) {
        exchange = started;
        progress = new Progress(Phase.REQUEST, nanos.getAsLong());
    }

    void finish() {
        exchange = null;
        intake.unwatch();
        progress = new Progress(Phase.IDLE, nanos.getAsLong());
    }

    /// Returns the request being served.
    Optional<Exchange> exchange() {
        return Optional.ofNullable(exchange);
    }

    /// Asks for unread bytes to be drained before the connection is closed.
    void lingerAtClose() {
        linger = true;
    }

    /// Tells whether the client has overstayed a limit at `now`.
    boolean overdue(long now, HttpConfig.Limits limits) {
        if (outlet.stuck(now, limits.write().toNanos())) {
            return true;
        }
        Progress seen = progress;
        long age = now - seen.sinceNanos();
        return switch (seen.phase()) {
            case IDLE -> age > limits.idle().toNanos();
            case HEAD -> age > limits.head().toNanos();
            case REQUEST -> false;
        };
    }

    /// Returns since when, on the nano clock, it has been what it is: idle, for one.
    long sinceNanos() {
        return progress.sinceNanos();
    }

    /// Tells whether nothing of a request has come since the last answer.
    boolean idle() {
        return progress.phase() == Phase.IDLE;
    }

    /// Tells whether its client has not read for longer than the limit, and it is not being closed for
    /// that yet.
    boolean readerStuck(long now, HttpConfig.Limits limits) {
        return !aborted && outlet.stuck(now, limits.write().toNanos());
    }

    /// Closes the connection under whoever reads or writes it. Thread-safe.
    void abort() {
        aborted = true;
        if (socket.isSecure()) {
            SocketReset.of(beneath);
            return;
        }
        try {
            socket.serverSocket().close();
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "event=abort_failed", e);
        }
    }

    /// Called when Helidon is done with the connection, before it closes the socket.
    void leave() {
        if (linger && !aborted) {
            intake.drain(nanos.getAsLong() + LINGER.toNanos(), LINGER_BYTES);
        }
    }

    private byte[] read() {
        byte[] bytes;
        try {
            bytes = intake.next();
        } catch (UncheckedIOException | DataReader.InsufficientDataAvailableException left) {
            if (progress.phase() == Phase.REQUEST) {
                throw left;
            }
            // nobody is left to be answered; Helidon would log an error of its own
            throw new CloseConnectionException("the client left between requests or within a head", left);
        }
        if (progress.phase() == Phase.IDLE) {
            progress = new Progress(Phase.HEAD, nanos.getAsLong());
        }
        return bytes;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return outlet;
    }

    @Override
    public ListenerContext listenerContext() {
        return socket.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return socket.executor();
    }

    @Override
    public Router router() {
        return socket.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return socket.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return socket.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return socket.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return socket.localPeer();
    }

    @Override
    public boolean isSecure() {
        return socket.isSecure();
    }

    @Override
    public String socketId() {
        return socket.socketId();
    }

    @Override
    public String childSocketId() {
        return socket.childSocketId();
    }
}
