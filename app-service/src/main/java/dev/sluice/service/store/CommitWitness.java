package dev.sluice.service.store;

import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.jdbc.CloseableJdbcConnectionPool;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pool that remembers why a commit failed.
///
/// When the disk is full SQLite ends the transaction itself; Hikari's rollback then fails while the connection is
/// closed, and Helidon tells of that ("no transaction is active") instead of the disk. Confined to one thread.
final class CommitWitness implements CloseableJdbcConnectionPool {
    private final JdbcConnectionPool pool;
    private @Nullable SQLException failure;

    CommitWitness(JdbcConnectionPool pool) {
        this.pool = pool;
    }

    /// Returns why the last commit failed, if it did.
    Optional<SQLException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public Connection connection() {
        var connection = pool.connection();
        return (Connection) Proxy.newProxyInstance(
                CommitWitness.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> call(connection, method, arguments));
    }

    @Override
    public String dbType() {
        return pool.dbType();
    }

    @Override
    public void close() {
        if (!(pool instanceof CloseableJdbcConnectionPool closeable)) {
            return;
        }
        try {
            closeable.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new DbClientException("cannot close the connection", e);
        }
    }

    private @Nullable Object call(Connection connection, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean commit = method.getName().equals("commit");
        if (commit) {
            failure = null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            var cause = e.getCause();
            if (commit && cause instanceof SQLException sql) {
                failure = sql;
            }
            throw cause == null ? e : cause;
        }
    }
}
