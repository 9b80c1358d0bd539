package dev.sluice.service.http;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PlainSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.Socket;

/// Ends a TLS connection at once, also under a write that is stuck.
///
/// A TLS socket says goodbye when it is closed, and waits for the lock of a stuck write to do so, for ever;
/// unless it must not linger. Interrupting the writer is no way out either: on a virtual thread the JDK's
/// socket then closes itself from within the goodbye, over and over, until the stack overflows (seen on
/// 25). So the socket is told not to linger, which only the socket itself can be, and Helidon keeps it to
/// itself.
final class TlsReset {
    private static final System.Logger LOG = System.getLogger(TlsReset.class.getName());

    private TlsReset() {}

    /// Closes without waiting for anybody.
    static void of(HelidonSocket connection) {
        try {
            beneath(connection).setSoLinger(true, 0);
        } catch (ReflectiveOperationException | IOException | RuntimeException unknown) {
            // closing still works where no write is stuck
            LOG.log(Level.WARNING, "event=tls_reset_failed", unknown);
        }
        try {
            connection.close();
        } catch (UncheckedIOException closed) {
            LOG.log(Level.DEBUG, "event=abort_failed", closed);
        }
    }

    private static Socket beneath(HelidonSocket connection) throws ReflectiveOperationException {
        var field = PlainSocket.class.getDeclaredField("delegate");
        field.setAccessible(true);
        return (Socket) field.get(connection);
    }
}
