package dev.sluice.ui.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.AuditView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditRowTest {
    @ParameterizedTest
    @CsvSource({"on, stop, on → stop", ", 5s, none → 5s", "5s, , 5s → none", ", , it.happened"})
    void shortValuesAreTheDeed(@Nullable String before, @Nullable String after, String deed) {
        assertThat(row(before, after).deed()).isEqualTo(deed);
    }

    @Test
    void valuesThatNoLineHoldsAreToldByTheirAction() {
        assertThat(row(null, "{\"role\":\"operator\"}").deed()).isEqualTo("it.happened");
        assertThat(row("x".repeat(60), "y").deed()).isEqualTo("it.happened");
    }

    private static AuditRow row(@Nullable String before, @Nullable String after) {
        return AuditRow.of(new AuditView.Entry(
                1, Instant.parse("2026-01-31T08:00:00Z"), "ann", "it.happened", "subject", before, after, null));
    }
}
