package dev.sluice.service;

import dev.sluice.service.store.Database;
import java.lang.System.Logger.Level;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/// Loads what every start needs and what takes long to load, on a second thread: the database's native code
/// and the certificates that the machine trusts. Meanwhile the command line and the files are read.
///
/// A failure is only noted: who needs the thing meets it again, and knows what to say.
final class Preload {
    private static final System.Logger LOG = System.getLogger(Preload.class.getName());

    private Preload() {}

    /// Begins to load, and returns at once.
    static void begin() {
        Thread.ofPlatform().daemon().name("preload").start(Preload::load);
    }

    private static void load() {
        try {
            Database.load();
            SSLContext.getDefault();
        } catch (NoSuchAlgorithmException | RuntimeException e) {
            LOG.log(Level.DEBUG, "event=preload_failed", e);
        }
    }
}
