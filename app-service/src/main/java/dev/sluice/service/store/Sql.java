package dev.sluice.service.store;

import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbStatement;
import io.helidon.dbclient.DbStatementDml;
import io.helidon.dbclient.DbStatementQuery;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Statements inside one [Unit], and only there: a unit that keeps it fails later with
/// [IllegalStateException].
///
/// Parameters are positional (`?`) or named (`:name`, in a map): String, Long, Integer, Double, Boolean
/// (stored 0 or 1), Instant (stored as epoch microseconds), byte[] or null. Rows are mapped at once;
/// nothing stays open.
///
/// Throws [StatementFailedException] if the statement is at fault and [StoreUnavailableException] if the
/// disk is. Not thread-safe.
public final class Sql {
    /// Helidon gives a statement without a name a hash of its text, each time anew.
    private static final String NAME = "sluice";

    private final DbExecute execute;
    private boolean expired;

    Sql(DbExecute execute) {
        this.execute = execute;
    }

    /// Returns all rows of a query.
    public <T> List<T> list(String query, RowMapper<T> mapper, @Nullable Object... parameters) {
        return rows(query, mapper, statement -> bind(statement, parameters));
    }

    /// Returns all rows of a query with named parameters.
    public <T> List<T> list(String query, RowMapper<T> mapper, Map<String, ? extends @Nullable Object> parameters) {
        return rows(query, mapper, statement -> bind(statement, parameters));
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
        return change(statement, prepared -> bind(prepared, parameters));
    }

    /// Runs a statement with named parameters and returns how many rows it touched.
    public long update(String statement, Map<String, ? extends @Nullable Object> parameters) {
        return change(statement, prepared -> bind(prepared, parameters));
    }

    /// Ends the validity of this object with its unit.
    void expire() {
        expired = true;
    }

    private <T> List<T> rows(String query, RowMapper<T> mapper, Function<DbStatementQuery, DbStatementQuery> binding) {
        requireValid();
        // a stream that is not closed keeps its statement, and with it the transaction, open
        try (var rows = binding.apply(execute.createNamedQuery(NAME, query)).execute()) {
            return rows.map(row -> mapper.map(new Row(row))).toList();
        } catch (DbClientException e) {
            throw SqliteErrors.statementFailure(query, e);
        }
    }

    private long change(String statement, Function<DbStatementDml, DbStatementDml> binding) {
        requireValid();
        try {
            return binding.apply(execute.createNamedDmlStatement(NAME, statement))
                    .execute();
        } catch (DbClientException e) {
            throw SqliteErrors.statementFailure(statement, e);
        }
    }

    private void requireValid() {
        if (expired) {
            throw new IllegalStateException("this unit of work is over: use Sql only inside it");
        }
    }

    private static <S extends DbStatement<S>> S bind(S statement, @Nullable Object[] parameters) {
        for (var parameter : parameters) {
            var value = stored(parameter);
            if (value == null) {
                statement.addParam((String) null);
            } else {
                statement.addParam(value);
            }
        }
        return statement;
    }

    private static <S extends DbStatement<S>> S bind(S statement, Map<String, ? extends @Nullable Object> parameters) {
        parameters.forEach((name, parameter) -> {
            var value = stored(parameter);
            if (value == null) {
                statement.addParam(name, (String) null);
            } else {
                statement.addParam(name, value);
            }
        });
        return statement;
    }

    private static @Nullable Object stored(@Nullable Object parameter) {
        return switch (parameter) {
            case null -> null;
            case Boolean flag -> flag ? 1 : 0;
            case Instant instant -> ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            case String _, Long _, Integer _, Double _, byte[] _ -> parameter;
            default ->
                throw new IllegalArgumentException(
                        "cannot store a " + parameter.getClass().getName());
        };
    }
}
