package dev.sluice.service.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The statements that a connection has prepared, by their text: preparing them anew took a third of the
/// writer's time.
///
/// Of those that are not in use, the least recently used go when there are more than [#MOST]. Confined to
/// one thread at a time, like its connection, with which they end.
final class Statements {
    static final int MOST = 256;

    private final Connection connection;
    private final LinkedHashMap<String, Prepared> idle = new LinkedHashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /// Takes a statement. It is nobody else's until it is closed: reading one row may run the same text
    /// again.
    Prepared take(String text) throws SQLException {
        Prepared kept = idle.remove(text);
        return kept != null ? kept : new Prepared(text, connection.prepareStatement(text));
    }

    private void giveBack(Prepared prepared) throws SQLException {
        Prepared twin = idle.putLast(prepared.text, prepared);
        if (twin != null) {
            twin.statement.close();
        }
        if (idle.size() > MOST) {
            idle.pollFirstEntry().getValue().statement.close();
        }
    }

    /// A statement in use.
    final class Prepared implements AutoCloseable {
        private final String text;
        private final PreparedStatement statement;
        private final int parameters;
        private @Nullable Map<String, Integer> columns;

        private Prepared(String text, PreparedStatement statement) throws SQLException {
            this.text = text;
            this.statement = statement;
            this.parameters = statement.getParameterMetaData().getParameterCount();
        }

        PreparedStatement statement() {
            return statement;
        }

        /// Returns how many parameters it has.
        int parameters() {
            return parameters;
        }

        /// Returns where the columns of its answer are, from 1.
        Map<String, Integer> columns() throws SQLException {
            Map<String, Integer> found = columns;
            if (found == null) {
                found = new HashMap<>();
                ResultSetMetaData about = statement.getMetaData();
                for (int i = 1; i <= about.getColumnCount(); i++) {
                    found.putIfAbsent(about.getColumnLabel(i), i);
                }
                columns = found;
            }
            return found;
        }

        /// Leaves it to the next user.
        @Override
        public void close() throws SQLException {
            giveBack(this);
        }
    }
}
