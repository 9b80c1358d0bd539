package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.model.ops.AuditView;
import dev.sluice.service.store.StatementFailedException;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRepositoryTest {
    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private AuditRepository audit;

    @BeforeEach
    void create() {
        audit = new AuditRepository(temporary.db());
    }

    @Test
    void entriesAreDenseAndReadNewestFirst() {
        var first = append("1", "0");
        var second = append(null, null);

        assertThat(first.id()).isEqualTo(1);
        assertThat(second).isEqualTo(new AuditView.Entry(2, AT, "ann", "setting.changed", "LINGER", null, null, "why"));
        assertThat(audit.latest(10)).containsExactly(second, first);
        assertThat(audit.latest(1)).containsExactly(second);
    }

    @Test
    @DisplayName("X6 an untouched chain is whole, over page borders and restarts")
    void untouchedChainIsWhole() {
        assertThat(audit.verifyChain()).isEmpty();
        temporary.db().write("many", sql -> {
            for (int i = 0; i < 1_000; i++) {
                audit.append(sql, AT, "ann", "test", "s" + i, null, "x", null);
            }
            return 0;
        });
        audit = new AuditRepository(temporary.reopen());
        append("1", "0");

        assertThat(audit.verifyChain()).isEmpty();
        assertThat(audit.latest(1).getFirst().id()).isEqualTo(1_001);
    }

    @ParameterizedTest
    @DisplayName("X6 a changed entry breaks the chain where it is")
    @ValueSource(
            strings = {
                "UPDATE ops_audit SET state_after = '9' WHERE id = 2",
                "UPDATE ops_audit SET state_after = NULL WHERE id = 2",
                "UPDATE ops_audit SET at = at + 1 WHERE id = 2",
                "UPDATE ops_audit SET subject = 'LINGERx' WHERE id = 2",
                "UPDATE ops_audit SET actor = 'anns', action = 'etting.changed' WHERE id = 2",
                "UPDATE ops_audit SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE id = 2",
                "DELETE FROM ops_audit WHERE id = 2"
            })
    void changedEntryBreaksTheChain(String tampering) {
        append("1", "0");
        append("0", "1");
        append("1", "0");
        temporary.db().write("tamper", sql -> {
            sql.update("DROP TRIGGER ops_audit_never_changes");
            sql.update("DROP TRIGGER ops_audit_never_shrinks");
            return sql.update(tampering);
        });

        assertThat(audit.verifyChain()).hasValue(2);
    }

    @ParameterizedTest
    @DisplayName("X6 the audit is append-only")
    @ValueSource(strings = {"UPDATE ops_audit SET actor = 'bob'", "DELETE FROM ops_audit"})
    void auditIsAppendOnly(String tampering) {
        append("1", "0");

        assertThatExceptionOfType(StatementFailedException.class)
                .isThrownBy(() -> temporary.db().write("tamper", sql -> sql.update(tampering)));
        assertThat(audit.verifyChain()).isEmpty();
        assertThat(audit.latest(2)).hasSize(1);
    }

    @Test
    void entryGoesWithTheUnitItBelongsTo() {
        assertThatIllegalStateException()
                .isThrownBy(() -> temporary.db().write("undone", sql -> {
                    audit.append(sql, AT, "ann", "test", "s", null, null, null);
                    throw new IllegalStateException("the change failed");
                }));
        assertThat(audit.latest(1)).isEmpty();

        assertThat(append("1", "0").id()).isEqualTo(1);
    }

    private AuditView.Entry append(@Nullable String before, @Nullable String after) {
        return audit.append(AT, "ann", "setting.changed", "LINGER", before, after, "why");
    }
}
