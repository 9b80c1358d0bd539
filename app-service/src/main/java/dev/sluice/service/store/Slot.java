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
    private final Path file;
    private final String url;
    private final boolean writing;
    private @Nullable Open current;

    private Slot(Path file, Duration busyTimeout, boolean writing) {
        this.file = file;
        this.url = url(file, busyTimeout);
        this.writing = writing;
    }

    /// Returns a slot whose transactions may write.
    static Slot writing(Path file, Duration busyTimeout) {
        return new Slot(file, busyTimeout, true);
    }

    /// Returns a slot whose connection refuses writes.
    static Slot reading(Path file, Duration busyTimeout) {
        return new Slot(file, busyTimeout, false);
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
            if (!writing) {
                try (var pragma = connection.createStatement()) {
                    pragma.execute("PRAGMA query_only = ON");
                }
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
