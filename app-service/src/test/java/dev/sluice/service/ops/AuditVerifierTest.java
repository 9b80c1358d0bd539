package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.AuditView;
import dev.sluice.service.SetClock;
import dev.sluice.service.store.TemporaryDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditVerifierTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final SetClock clock = new SetClock();
    private AuditRepository audit;
    private AuditVerifier verifier;

    @BeforeEach
    void create() {
        audit = new AuditRepository(temporary.db());
        verifier = new AuditVerifier(audit, clock);
    }

    @Test
    @DisplayName("X6 each look takes what was added since the last")
    void catchesUp() {
        assertThat(verifier.catchUp()).isEqualTo(new AuditView.Chain(true, 0, null));
        append(3);
        assertThat(verifier.catchUp()).isEqualTo(new AuditView.Chain(true, 3, null));
        append(2);
        assertThat(verifier.catchUp()).isEqualTo(new AuditView.Chain(true, 5, null));
        assertThat(verifier.state().checked()).isEqualTo(5);
        assertThat(verifier.verify()).isEqualTo(new AuditView.Chain(true, 5, null));
    }

    @Test
    @DisplayName("X6 a look does not begin from the start: what was checked before is found on demand")
    void incremental() {
        append(4);
        verifier.catchUp();
        tamper("UPDATE ops_audit SET actor = 'bob' WHERE id = 2");
        append(1);

        assertThat(verifier.catchUp().intact()).isTrue();
        assertThat(verifier.verify()).isEqualTo(new AuditView.Chain(false, 1, 2L));
        assertThat(verifier.catchUp()).isEqualTo(new AuditView.Chain(false, 1, 2L));
        assertThat(verifier.brokenSince()).contains(clock.instant());
    }

    @Test
    @DisplayName("X6 a broken entry among those added is found at the next look")
    void brokenAddition() {
        append(2);
        verifier.catchUp();
        append(2);
        tamper("UPDATE ops_audit SET reason = 'x' WHERE id = 4");

        assertThat(verifier.catchUp()).isEqualTo(new AuditView.Chain(false, 3, 4L));
    }

    @Test
    @DisplayName("X6 the newest entries cannot vanish once they were seen")
    void truncated() {
        append(4);
        verifier.verify();
        tamper("DELETE FROM ops_audit WHERE id > 2");

        assertThat(verifier.verify()).isEqualTo(new AuditView.Chain(false, 2, 3L));
        assertThat(new AuditVerifier(audit, clock).verify().intact()).isTrue();
    }

    @Test
    @DisplayName("X6 a newest entry that was replaced is found at the next look")
    void replacedNewest() {
        append(3);
        verifier.catchUp();
        tamper("UPDATE ops_audit SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE id = 3");

        assertThat(verifier.catchUp()).isEqualTo(new AuditView.Chain(false, 2, 3L));
    }

    @Test
    @DisplayName("X6 what is whole again after a repair is told by a full check")
    void repaired() {
        append(2);
        tamper("UPDATE ops_audit SET actor = 'bob' WHERE id = 1");
        assertThat(verifier.verify().intact()).isFalse();
        temporary.db().write("repair", sql -> sql.update("UPDATE ops_audit SET actor = 'ann' WHERE id = 1"));

        assertThat(verifier.catchUp().intact()).isFalse();
        assertThat(verifier.verify()).isEqualTo(new AuditView.Chain(true, 2, null));
        assertThat(verifier.brokenSince()).isEmpty();
    }

    private void append(int entries) {
        for (int i = 0; i < entries; i++) {
            audit.append(clock.instant(), "ann", "test", "s", null, null, null);
        }
    }

    private void tamper(String statement) {
        temporary.db().write("tamper", sql -> {
            sql.update("DROP TRIGGER IF EXISTS ops_audit_never_changes");
            sql.update("DROP TRIGGER IF EXISTS ops_audit_never_shrinks");
            return sql.update(statement);
        });
    }
}
