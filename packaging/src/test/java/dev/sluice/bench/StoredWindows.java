package dev.sluice.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Open windows, written into a service's database while it does not run: taking a million texts would take
/// longer than what is measured with them. Used by one thread.
final class StoredWindows implements AutoCloseable {
    private static final int EACH = 10_000;

    private final Connection connection;

    /// @param data the data directory of a service that has created it and stopped
    StoredWindows(Path data) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("sluice.db"));
    }

    /// Writes windows of one text each, whose deadlines are spread evenly over a while.
    void open(int count, Instant opened, Duration length, Instant firstDue, Duration over) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement sender =
                        connection.prepareStatement("INSERT INTO senders (id, org, address, kind, region, created_at)"
                                + " VALUES (?, 'default', ?, 'number', 'PH', ?)");
                PreparedStatement window = connection.prepareStatement(
                        "INSERT INTO windows (id, sender_id, org, number, state, opened_at, latest_at, deadline_at,"
                                + " length_ms, items, bytes, first_said_at, last_said_at, settings_version)"
                                + " VALUES (?, ?, 'default', 1, 'open', ?, ?, ?, ?, 1, 5, ?, ?, 1)");
                PreparedStatement text = connection.prepareStatement(
                        "INSERT INTO texts (id, account, guid, org, sender_id, window_id, ordinal, received_at,"
                                + " said_at, body, digest)"
                                + " VALUES (?, 'generic', ?, 'default', ?, ?, 1, ?, ?, 'hello', 'bench')")) {
            long at = micros(opened);
            for (int i = 0; i < count; i++) {
                String id = String.format(Locale.ROOT, "%08d", i);
                fill(sender, "sbench" + id, "+63917" + id.substring(1), at);
                long due = micros(firstDue) + over.toNanos() / 1_000 * i / count;
                // whole milliseconds, as the engine counts them
                fill(window, "wbench" + id, "sbench" + id, at, at, due / 1_000 * 1_000, length.toMillis(), at, at);
                fill(text, "tbench" + id, "gbench" + id, "sbench" + id, "wbench" + id, at, at);
                if (i % EACH == EACH - 1) {
                    connection.commit();
                }
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /// Returns how late windows closed, in milliseconds.
    Sample lateness() throws SQLException {
        var late = new Sample();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("SELECT closed_at - deadline_at FROM windows"
                        + " WHERE id LIKE 'wbench%' AND closed_at IS NOT NULL")) {
            while (rows.next()) {
                late.add(Math.round(rows.getLong(1) / 1_000.0));
            }
        }
        return late;
    }

    private static void fill(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
