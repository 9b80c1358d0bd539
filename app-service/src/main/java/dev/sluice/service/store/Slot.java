package dev.sluice.service.store;

import dev.sluice.service.store.StoreUnavailableException.Reason;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection to the SQLite file, opened at the first need. A transaction is always open: SQLite
/// takes its locks with the first statement, and the driver begins the next one where one ends.
///
/// After a failed commit SQLite may have ended the transaction without the driver's knowledge, and every
/// later statement would then commit by itself. So whoever sees a transaction end badly calls [#abandon],
/// and the next one gets a fresh connection.
///
/// Confined to one thread at a time.
final class Slot implements AutoCloseable {
    /// Room for the pages of a busy hour. SQLite's own 2 MB are read and written over and over by texts,
    /// which touch the pages of their senders in no order.
    private static final String WRITER_CACHE = "&cache_size=-16000";

    private final Path file;
    private final String url;
    private final String settling;
    private @Nullable Open current;

    /// @param settling what each new connection is told first
    private Slot(Path file, String url, String settling) {
        this.file = file;
        this.url = url;
        this.settling = settling;
    }

    /// Returns a slot whose transactions may write.
    ///
    /// A commit that finds the log twice as long as it should be empties it itself, as SQLite does unless
    /// it is told otherwise; that only happens where [Checkpoints] cannot.
    static Slot writing(Path file, DatabaseOptions options) {
        return new Slot(
                file,
                url(file, options.busyTimeout()) + WRITER_CACHE,
                "PRAGMA wal_autocheckpoint = " + 2L * options.logPages());
    }

    /// Returns a slot whose connection refuses writes.
    static Slot reading(Path file, Duration busyTimeout) {
        return new Slot(file, url(file, busyTimeout), "PRAGMA query_only = ON");
    }

    /// Returns what a unit runs its statements with, in the current transaction.
    ///
    /// @throws StoreUnavailableException if the file cannot be opened
    Sql sql() {
        return new Sql(open().statements);
    }

    /// Commits the current transaction.
    ///
    /// @throws StoreUnavailableException if it did not come to the disk
    void commit() {
        try {
            open().connection.commit();
        } catch (SQLException e) {
            throw SqliteErrors.groupFailure(e);
        }
    }

    /// Copies from the write-ahead log into the database what no reader needs there any more; others go
    /// on reading and writing meanwhile (SQLite, PRAGMA wal_checkpoint, PASSIVE). No statement may have
    /// run in the current transaction.
    ///
    /// @return how many pages the log has, those that were copied before included
    /// @throws StoreUnavailableException if the disk does not take it; abandon the connection then
    int checkpoint() {
        try {
            Connection connection = open().connection;
            connection.setAutoCommit(true); // SQLite refuses it inside a transaction
            try (var pragma = connection.createStatement();
                    var row = pragma.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
                return row.next() ? row.getInt("log") : 0;
            } finally {
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            throw SqliteErrors.groupFailure(e);
        }
    }

    /// Undoes what the current transaction did.
    ///
    /// @throws StoreUnavailableException if SQLite had ended it
    void rollback() {
        try {
            open().connection.rollback();
        } catch (SQLException e) {
            throw SqliteErrors.groupFailure(e);
        }
    }

    /// Closes the connection, which undoes what the current transaction did, if it did not commit.
    ///
    /// @param failure why; what else fails on the way is added to it
    void abandon(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        Open open = current;
        current = null;
        if (open != null) {
            try {
                open.connection.close();
            } catch (SQLException e) {
                throw SqliteErrors.groupFailure(e);
            }
        }
    }

    private Open open() {
        Open open = current;
        if (open == null) {
            open = connect();
            current = open;
        }
        return open;
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by close()
    private Open connect() {
        Connection connection = null;
        try {
            connection = DriverManager.getConnection(url);
            try (var pragma = connection.createStatement()) {
                pragma.execute(settling);
            }
            connection.setAutoCommit(false);
            return new Open(connection, new Statements(connection));
        } catch (SQLException e) {
            var failure = new StoreUnavailableException(
                    Reason.IO, "cannot open the database " + file + ": " + e.getMessage(), e);
            if (connection != null) {
                try {
                    connection.close();
                } catch (SQLException more) {
                    failure.addSuppressed(more);
                }
            }
            throw failure;
        }
    }

    private static String url(Path file, Duration busyTimeout) {
        if (file.toString().indexOf('?') >= 0) {
            throw new IllegalArgumentException("the database's path may not contain a question mark: " + file);
        }
        return "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&foreign_keys=on&busy_timeout="
                + busyTimeout.toMillis() + "&jdbc.get_generated_keys=false";
    }

    private record Open(Connection connection, Statements statements) {}
}
