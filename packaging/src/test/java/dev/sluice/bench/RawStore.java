package dev.sluice.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/// What SQLite itself can do: a loop over plain JDBC that stores texts and the deadlines of their
/// windows, so many in each transaction, on the same disk and as durably (WAL, synchronous FULL). Nothing
/// is parsed, checked, logged or answered. Used by one thread.
final class RawStore implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement text;
    private final PreparedStatement window;
    private final Random random = new Random(1);
    private long number;

    RawStore(Path directory) throws SQLException {
        connection = DriverManager.getConnection(
                "jdbc:sqlite:" + directory.resolve("raw.db") + "?journal_mode=WAL&synchronous=FULL");
        try (Statement schema = connection.createStatement()) {
            schema.execute(
                    "CREATE TABLE texts (id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, guid TEXT NOT NULL,"
                            + " sender TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL,"
                            + " UNIQUE (account, guid))");
            schema.execute("CREATE TABLE windows (sender TEXT NOT NULL PRIMARY KEY, deadline INTEGER NOT NULL,"
                    + " items INTEGER NOT NULL)");
        }
        connection.setAutoCommit(false);
        text = connection.prepareStatement("INSERT INTO texts VALUES (?, 'raw', ?, ?, ?, ?)");
        window = connection.prepareStatement(
                "INSERT INTO windows VALUES (?, ?, 1) ON CONFLICT (sender) DO UPDATE SET items = items + 1");
    }

    /// Stores texts for so long.
    ///
    /// @return texts a second
    double perSecond(int each, double seconds) throws SQLException {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long stored = 0;
        while (System.nanoTime() < end) {
            commit(each);
            stored += each;
        }
        return stored * 1e9 / (System.nanoTime() - start);
    }

    /// Returns how long commits take, in nanoseconds.
    Sample commits(int each, int count) throws SQLException {
        var nanos = new Sample();
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            commit(each);
            nanos.add(System.nanoTime() - start);
        }
        return nanos;
    }

    private void commit(int each) throws SQLException {
        for (int i = 0; i < each; i++) {
            number++;
            String sender = Texts.number(random.nextInt(Texts.SENDERS));
            text.setString(1, "t" + number);
            text.setString(2, "g" + number);
            text.setString(3, sender);
            text.setString(4, Texts.body(number));
            text.setLong(5, System.currentTimeMillis());
            text.executeUpdate();
            window.setString(1, sender);
            window.setLong(2, System.currentTimeMillis() + 60_000);
            window.executeUpdate();
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
