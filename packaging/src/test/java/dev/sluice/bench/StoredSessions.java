package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// What a running service has stored of its sessions. Used by one thread.
final class StoredSessions implements AutoCloseable {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Connection connection;

    /// @param data the service's data directory
    StoredSessions(Path data) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("sluice.db"));
    }

    /// Waits until so many events are stored, and removes them all: who gets one afterwards got it from
    /// memory.
    void removeEvents(String session, long events) throws SQLException, IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (stored(session) < events) {
            if (System.nanoTime() > end) {
                throw new IOException("only " + stored(session) + " of " + events + " events were stored");
            }
            Thread.sleep(10);
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM session_chunks WHERE session_id = ?")) {
            delete.setString(1, session);
            if (delete.executeUpdate() == 0) {
                throw new IOException("nothing of session " + session + " was stored");
            }
        }
    }

    private long stored(String session) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT last_seq FROM sessions WHERE id = ?")) {
            query.setString(1, session);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
