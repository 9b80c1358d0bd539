package dev.sluice.service.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;

/// Ends a connection at once, also over TLS under a write or a handshake that is stuck.
///
/// A TLS socket says goodbye when it is closed, and waits for the lock of a stuck write to do so, for ever;
/// unless it must not linger. Interrupting the writer is no way out either: on a virtual thread the JDK's
/// socket then closes itself from within the goodbye, over and over, until the stack overflows (seen on
/// 25).
final class SocketReset {
    private static final System.Logger LOG = System.getLogger(SocketReset.class.getName());

    private SocketReset() {}

    /// Closes on a thread of its own, so that the caller waits for nobody.
    static void of(Socket socket) {
        Thread.ofVirtual().name("http-reset").start(() -> {
            try (socket) {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                LOG.log(Level.DEBUG, "event=abort_failed", closed);
            }
        });
    }
}
