package dev.sluice.service.store;

import dev.sluice.service.store.StoreUnavailableException.Reason;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Reads SQLite's result codes (sqlite.org/rescode.html): is it the disk, or what the statement says?
final class SqliteErrors {
    private static final int CONSTRAINT = 19;

    private SqliteErrors() {}

    /// Returns the typed exception for a failed `statement`.
    static RuntimeException statementFailure(String statement, Throwable failure) {
        var reason = reason(failure);
        return reason == null
                ? new StatementFailedException(statement, primaryCode(failure) == CONSTRAINT, failure)
                : new StoreUnavailableException(reason, message(reason, failure), failure);
    }

    /// Returns the typed exception for a group that could not be committed.
    static StoreUnavailableException groupFailure(Throwable failure) {
        var reason = reason(failure);
        var told = reason == null ? Reason.COMMIT_FAILED : reason;
        return new StoreUnavailableException(told, message(told, failure), failure);
    }

    private static String message(Reason reason, Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "the database refused a write (%s): %s".formatted(reason, root.getMessage());
    }

    private static @Nullable Reason reason(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof StoreUnavailableException known) {
                return known.reason();
            }
        }
        return switch (primaryCode(failure)) {
            case 13 -> Reason.DISK_FULL;
            case 5, 6, 15 -> Reason.LOCKED;
            case 7, 8, 10, 11, 14, 22, 26 -> Reason.IO;
            default -> null;
        };
    }

    private static int primaryCode(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return sql.getErrorCode() & 0xff;
            }
        }
        return 0;
    }
}
