package dev.sluice.service.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of a query's answer. Columns go by the name the query gives them.
///
/// Instants are stored as microseconds since 1970-01-01T00:00Z, flags as 0 and 1. The plain accessors throw
/// [StatementFailedException] on NULL, the `orNull` ones return null.
public final class Row {
    private final ResultSet rows;
    private final Map<String, Integer> columns;

    /// @param rows stands at the row
    /// @param columns where they are, from 1
    Row(ResultSet rows, Map<String, Integer> columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /// Returns a text.
    public String text(String column) {
        return present(column, textOrNull(column));
    }

    /// Returns a text or null.
    public @Nullable String textOrNull(String column) {
        int index = index(column);
        try {
            byte[] text = rows.getBytes(index); // in UTF-8; for a String the driver makes a buffer first
            return text == null ? null : new String(text, StandardCharsets.UTF_8);
        } catch (SQLException e) {
            throw SqliteErrors.statementFailure("column " + column, e);
        }
    }

    /// Returns a whole number.
    public long number(String column) {
        return present(column, numberOrNull(column));
    }

    /// Returns a whole number or null.
    public @Nullable Long numberOrNull(String column) {
        int index = index(column);
        try {
            long number = rows.getLong(index);
            return number == 0 && rows.wasNull() ? null : number; // NULL is read as 0, and asking takes as long
        } catch (SQLException e) {
            throw SqliteErrors.statementFailure("column " + column, e);
        }
    }

    /// Returns a number with a fraction.
    public double decimal(String column) {
        return present(column, (Number) value(column)).doubleValue();
    }

    /// Returns a flag.
    public boolean flag(String column) {
        return number(column) != 0;
    }

    /// Returns an instant, to the microsecond.
    public Instant instant(String column) {
        return present(column, instantOrNull(column));
    }

    /// Returns an instant, to the microsecond, or null.
    public @Nullable Instant instantOrNull(String column) {
        var micros = numberOrNull(column);
        return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /// Returns bytes; the caller owns them.
    public byte[] bytes(String column) {
        return present(column, (byte[]) value(column));
    }

    private int index(String column) {
        Integer index = columns.get(column);
        if (index == null) {
            throw new StatementFailedException("the answer has no column " + column);
        }
        return index;
    }

    private @Nullable Object value(String column) {
        int index = index(column);
        try {
            return rows.getObject(index);
        } catch (SQLException e) {
            throw SqliteErrors.statementFailure("column " + column, e);
        }
    }

    private static <T> T present(String column, @Nullable T value) {
        if (value == null) {
            throw new StatementFailedException("column " + column + " is NULL where a value was expected");
        }
        return value;
    }
}
