package dev.sluice.service.store;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection to the SQLite file, through a DbClient of its own, opened at the first need.
///
/// After a failed commit SQLite may have ended the transaction without the driver's knowledge, and every later
/// statement would then commit by itself. So whoever sees a transaction end badly calls [#abandon], and the
/// next one
/// gets a fresh connection.
///
/// Confined to one thread at a time.
final class ClientSlot implements AutoCloseable {
    private final Config config;
    private @Nullable DbClient client;
    private @Nullable CommitWitness witness;
    private @Nullable DbTransaction current;

    private ClientSlot(Config config) {
        this.config = config;
    }

    /// Returns a slot whose transactions may write.
    static ClientSlot writing(Path file, Duration busyTimeout) {
        return new ClientSlot(config(file, busyTimeout, Map.of("poolName", "store-writer")));
    }

    /// Returns a slot whose connection refuses writes.
    static ClientSlot reading(Path file, Duration busyTimeout) {
        return new ClientSlot(config(
                file, busyTimeout, Map.of("poolName", "store-reader", "connectionInitSql", "PRAGMA query_only = ON")));
    }

    /// Begins a transaction; SQLite takes its locks with the first statement.
    DbTransaction transaction() {
        var open = client;
        if (open == null) {
            var pool = new CommitWitness(JdbcConnectionPool.create(config));
            open = JdbcClientBuilder.create().connectionPool(pool).build();
            witness = pool;
            client = open;
        }
        var transaction = open.transaction();
        current = transaction;
        return transaction;
    }

    /// Commits the current transaction.
    ///
    /// @throws DbClientException if it did not come to the disk; the cause tells why
    void commit(DbTransaction transaction) {
        try {
            transaction.commit();
        } catch (DbClientException e) {
            var cause = witness == null ? null : witness.failure().orElse(null);
            throw cause == null ? e : new DbClientException("the commit failed", cause);
        }
    }

    /// Undoes what the current transaction did, if it did not commit, and closes the connection.
    ///
    /// @param failure why; what else fails on the way is added to it
    void abandon(Throwable failure) {
        var transaction = current;
        current = null;
        if (transaction != null) {
            // first of all, since a pool with a connection in use would wait for it
            attempt(transaction::rollback, failure);
        }
        attempt(this::close, failure);
    }

    @Override
    public void close() {
        var open = client;
        client = null;
        if (open != null) {
            open.close();
        }
    }

    private static void attempt(Runnable step, Throwable failure) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private static Config config(Path file, Duration busyTimeout, Map<String, String> more) {
        var options = new LinkedHashMap<String, String>();
        options.put("url", url(file, busyTimeout));
        // Helidon would switch it off and on around each transaction, a BEGIN and a COMMIT more
        options.put("autoCommit", "false");
        options.put("maximumPoolSize", "1");
        options.put("maxLifetime", "0");
        options.put("connectionTimeout", String.valueOf(Math.max(1_000, busyTimeout.toMillis())));
        options.putAll(more);
        return Config.builder(ConfigSources.create(options))
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .disableValueResolving()
                .build();
    }

    private static String url(Path file, Duration busyTimeout) {
        if (file.toString().indexOf('?') >= 0) {
            throw new IllegalArgumentException("the database's path may not contain a question mark: " + file);
        }
        return "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&foreign_keys=on&busy_timeout="
                + busyTimeout.toMillis() + "&jdbc.get_generated_keys=false";
    }
}
