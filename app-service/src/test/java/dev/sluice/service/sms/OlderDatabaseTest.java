package dev.sluice.service.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class OlderDatabaseTest {
    /// What version 8 did, taken back.
    private static final List<String> VERSION_7 = List.of(
            "ALTER TABLE windows DROP COLUMN first_said_at",
            "ALTER TABLE windows DROP COLUMN last_said_at",
            "CREATE INDEX texts_of_window ON texts (window_id)",
            "CREATE INDEX texts_received ON texts (received_at)",
            "DELETE FROM schema_version WHERE version = 8");

    @RegisterExtension
    final SmsBench bench = new SmsBench();

    @Test
    @DisplayName("X5 S1 an open window of a release before keeps its texts, and takes more, in their order")
    void version7() {
        Instant now = bench.clock.now();
        bench.take("g-1", SmsBench.MARIA, "third", now);
        bench.take("g-2", SmsBench.MARIA, "second", now.minusSeconds(60));
        bench.take("g-3", SmsBench.MARIA, "fourth", now.plusSeconds(60));
        bench.db().write("go back", sql -> {
            VERSION_7.forEach(sql::update);
            return 0;
        });

        bench.kill();
        assertThat(bench.sender(SmsBench.MARIA).joined()).isEqualTo("second\nthird\nfourth");
        bench.take("g-4", SmsBench.MARIA, "first", now.minusSeconds(120));
        bench.seconds(61);

        assertThat(bench.only().texts()).isEqualTo(4);
        assertThat(bench.model.calls).hasSize(1);
        assertThat(bench.model.calls.getFirst().messages().getLast().content())
                .containsSubsequence("first", "second", "third", "fourth");
    }
}
