package dev.sluice.service.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Statements inside one [Unit], and only there: a unit that keeps it fails later with
/// [IllegalStateException].
///
/// Parameters are positional (`?`): String, Long, Integer, Double, Boolean (stored 0 or 1), Instant
/// (stored as epoch microseconds), byte[] or null. Rows are mapped at once; nothing stays open.
///
/// Throws [StatementFailedException] if the statement is at fault, [StoreUnavailableException] if the disk
/// is, and [IllegalArgumentException] if the number or the type of the parameters is wrong. Not
/// thread-safe.
public final class Sql {
    private final Statements statements;
    private boolean expired;

    Sql(Statements statements) {
        this.statements = statements;
    }

    /// Returns all rows of a query.
    public <T> List<T> list(String query, RowMapper<T> mapper, @Nullable Object... parameters) {
        requireValid();
        try (var prepared = statements.take(query)) {
            bind(prepared, parameters);
            try (ResultSet rows = prepared.statement().executeQuery()) {
                var row = new Row(rows, prepared.columns());
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(mapper.map(row));
                }
                return Collections.unmodifiableList(all);
            }
        } catch (SQLException e) {
            throw SqliteErrors.statementFailure(query, e);
        }
    }

    /// Returns the first row of a query, if it has one.
    public <T> Optional<T> first(String query, RowMapper<T> mapper, @Nullable Object... parameters) {
        return list(query, mapper, parameters).stream().findFirst();
    }

    /// Returns the whole number in the first column, which the query calls `n`, of its only row.
    public long number(String query, @Nullable Object... parameters) {
        return first(query, row -> row.number("n"), parameters)
                .orElseThrow(() -> new StatementFailedException("no row from: " + query));
    }

    /// Runs an INSERT, UPDATE, DELETE or DDL statement and returns how many rows it touched.
    public long update(String statement, @Nullable Object... parameters) {
        requireValid();
        try (var prepared = statements.take(statement)) {
            bind(prepared, parameters);
            return prepared.statement().executeUpdate();
        } catch (SQLException e) {
            throw SqliteErrors.statementFailure(statement, e);
        }
    }

    /// Ends the validity of this object with its unit.
    void expire() {
        expired = true;
    }

    private void requireValid() {
        if (expired) {
            throw new IllegalStateException("this unit of work is over: use Sql only inside it");
        }
    }

    /// Sets all parameters: those of the use before are still there.
    private static void bind(Statements.Prepared prepared, @Nullable Object[] parameters) throws SQLException {
        if (parameters.length != prepared.parameters()) {
            throw new IllegalArgumentException(parameters.length + " parameters given for " + prepared.parameters());
        }
        PreparedStatement statement = prepared.statement();
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object parameter) throws SQLException {
        switch (parameter) {
            case null -> statement.setNull(index, Types.NULL);
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Double number -> statement.setDouble(index, number);
            case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
            case Instant instant -> statement.setLong(index, ChronoUnit.MICROS.between(Instant.EPOCH, instant));
            case byte[] bytes -> statement.setBytes(index, bytes);
            default ->
                throw new IllegalArgumentException(
                        "cannot store a " + parameter.getClass().getName());
        }
    }
}
