package dev.sluice.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CommitWitnessTest {
    @Test
    @DisplayName("D4 the cause of a failed commit outlives the failing clean-up after it")
    void causeOutlivesTheCleanUp() throws Exception {
        var full = new SQLException("database or disk is full", null, 13);
        var witness = new CommitWitness(() -> failing("commit", full, "close", new SQLException("no transaction")));
        var connection = witness.connection();

        assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
        assertThatExceptionOfType(SQLException.class).isThrownBy(connection::close);

        assertThat(witness.failure()).containsSame(full);
    }

    @Test
    void nothingIsRememberedOfACommitThatWorked() throws Exception {
        var witness = new CommitWitness(() -> failing("close", new SQLException("x"), "rollback", new SQLException()));
        witness.connection().commit();

        assertThat(witness.failure()).isEmpty();
    }

    private static Connection failing(String one, SQLException first, String two, SQLException second) {
        return (Connection) Proxy.newProxyInstance(
                CommitWitnessTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, _) -> {
                    if (method.getName().equals(one)) {
                        throw first;
                    }
                    if (method.getName().equals(two)) {
                        throw second;
                    }
                    return null;
                });
    }
}
