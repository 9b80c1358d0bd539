package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.AuditView;
import dev.sluice.service.SetClock;
import dev.sluice.service.store.TemporaryDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("X6 the audit is found by")
class AuditQueryTest {
    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private final SetClock clock = new SetClock();
    private AuditRepository audit;

    @BeforeEach
    void fill() {
        audit = new AuditRepository(temporary.db());
        for (int i = 1; i <= 4; i++) {
            audit.append(clock.instant(), "actor" + i, i == 2 ? "settings.x" : "setting.x", "s" + i, null, null, null);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void nothingInParticular() {
        assertThat(find(new AuditQuery(10, null, null, null, null, null, null))).containsExactly(4L, 3L, 2L, 1L);
        assertThat(find(AuditQuery.newest(2))).containsExactly(4L, 3L, 2L); // one more tells that there is more
    }

    @Test
    void timeFromInclusiveToExclusive() {
        var second = audit.latest(3).getLast().at();
        var fourth = audit.latest(1).getFirst().at();

        assertThat(find(new AuditQuery(10, null, null, null, null, second, fourth)))
                .containsExactly(3L, 2L);
    }

    @Test
    void actorSubjectAndKindOfAction() {
        assertThat(find(new AuditQuery(10, null, "actor3", null, null, null, null)))
                .containsExactly(3L);
        assertThat(find(new AuditQuery(10, null, null, null, "s1", null, null))).containsExactly(1L);
        assertThat(find(new AuditQuery(10, null, null, "setting", null, null, null)))
                .containsExactly(4L, 3L, 1L);
        assertThat(find(new AuditQuery(10, null, null, "settings.x", null, null, null)))
                .containsExactly(2L);
        assertThat(find(new AuditQuery(10, 4L, "actor3", "setting.x", "s3", null, null)))
                .containsExactly(3L);
        assertThat(find(new AuditQuery(10, null, "%", null, null, null, null))).isEmpty();
    }

    @Test
    void pageWithItsCursor() {
        var whole = new AuditView.Chain(true, 4, null);
        var query = AuditQuery.newest(3);

        var page = query.page(audit.find(query), whole);

        assertThat(page.entries()).hasSize(3);
        assertThat(page.before()).isEqualTo(2);
        assertThat(AuditQuery.newest(4)
                        .page(audit.find(AuditQuery.newest(4)), whole)
                        .before())
                .isNull();
    }

    private List<Long> find(AuditQuery query) {
        return audit.find(query).stream().map(AuditView.Entry::id).toList();
    }
}
