package dev.sluice.service.http;

import java.net.SocketException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Keeps Helidon's listener from telling an ordinary stop as an error, for which somebody would be woken.
///
/// Helidon 4.1 is silent where a stop ends its `accept`. It is not where the socket is closed between two of them, nor
/// where a client came in whose handler the executor then refuses; only a stop does either. Thread-safe.
final class QuietStop implements Filter {
    /// Held here: a logger that nobody holds forgets its filter.
    private static final Logger LISTENER = Logger.getLogger("io.helidon.webserver.ServerListener");

    private static final String CLOSED_BEFORE = "Socket is closed";
    private static final String REFUSED_BY_EXECUTOR = "Executor rejected handler for new connection";

    private QuietStop() {}

    /// Begins, for every server of this process; has no further effect the second time.
    static void begin() {
        LISTENER.setFilter(new QuietStop());
    }

    @Override
    public boolean isLoggable(LogRecord told) {
        boolean closedBefore =
                told.getThrown() instanceof SocketException why && CLOSED_BEFORE.equals(why.getMessage());
        return !closedBefore && !REFUSED_BY_EXECUTOR.equals(told.getMessage());
    }
}
