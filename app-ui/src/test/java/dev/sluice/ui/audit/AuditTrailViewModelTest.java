package dev.sluice.ui.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.AuditView;
import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.Mood;
import dev.sluice.ui.fake.FakeDialogs;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything runs on the calling thread, against a real HTTP server; events arrive when a test says so.
class AuditTrailViewModelTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final OpsStore store = new OpsStore(Clocks.system());
    private final FakeDialogs dialogs =
            new FakeDialogs(new Answer.Confirmed(Optional.of("Undo of #242"), Optional.empty()));
    private FakeService service = new FakeService(Samples.ANNA);

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

    @Test
    void readsPageByPage() {
        var model = model(Samples.ANNA);

        assertThat(model.entries())
                .hasSize(100)
                .first()
                .extracting(EntryRow::key)
                .isEqualTo("244");
        assertThat(model.more().get()).isTrue();
        model.readOlder();
        model.readOlder();
        assertThat(model.entries())
                .hasSize(244)
                .doesNotHaveDuplicates()
                .last()
                .extracting(EntryRow::key)
                .isEqualTo("1");
        assertThat(model.more().get()).isFalse();
        assertThat(model.summary().get()).isEqualTo("244 entries, all there are");
        assertThat(model.chain().get().text()).isEqualTo("Chain intact, checked up to #244");
    }

    @Test
    void asksTheServiceForWhatTheFiltersSay() {
        var model = model(Samples.ANNA);
        model.filters().actor.set("ben ");
        model.filters().action.set("setting.changed");
        model.filters().subject.set("OPENAI_RPS");
        model.filters().from.set(LocalDate.of(2026, 3, 1));
        model.filters().to.set(LocalDate.of(2026, 3, 2));

        model.reload();

        assertThat(service.audited)
                .last()
                .asString()
                .startsWith("limit=100&actor=ben&action=setting.changed&subject=OPENAI_RPS&from=2026-0")
                .contains("&to=2026-03-0");
        assertThat(model.entries())
                .isNotEmpty()
                .allMatch(row -> row.entry().actor().equals("ben"));
    }

    @Test
    @DisplayName("O3 O6 a change is rolled back with its number as the reason, asked, confirmed by the event")
    void aChangeIsRolledBack() {
        var model = model(Samples.ANNA);
        var entry = model.entries().stream()
                .filter(row -> row.key().equals("242"))
                .findFirst()
                .orElseThrow();

        model.rollBack(entry);

        assertThat(dialogs.asked.getFirst().verb()).isEqualTo("Set COALESCE_RESULT_TTL back to 60s");
        assertThat(dialogs.asked.getFirst().extras().suggested()).isEqualTo("Undo of #242");
        assertThat(service.patches).containsExactly("{\"COALESCE_RESULT_TTL\":\"60s\",\"reason\":\"Undo of #242\"}");
        assertThat(model.note().get().mood()).isEqualTo(Mood.WAITING);

        store.snapshot(service.state());
        model.refresh();
        assertThat(model.note().get().text()).startsWith("Confirmed by the service");
    }

    @Test
    void onlyChangesOfSettingsWithAValueBeforeAreRolledBack() {
        var model = model(Samples.ANNA);

        assertThat(model.entries())
                .filteredOn(row -> row.entry().before() == null)
                .isNotEmpty()
                .noneMatch(row -> row.obstacle().isEmpty());
        assertThat(model.entries())
                .filteredOn(row -> row.entry().action().equals("flight.cancelled"))
                .allMatch(row -> row.obstacle().startsWith("Only changes of settings"));
    }

    @Test
    void aViewerIsToldWhyHeMayNotRollBack() {
        var model = model(Samples.VIEWER);

        model.rollBack(model.entries().getFirst());

        assertThat(model.blocked().get()).contains("Read-only", "viewer");
        assertThat(dialogs.asked).isEmpty();
    }

    @Test
    void everyMatchingEntryIsExported(@TempDir Path folder) throws IOException {
        var model = model(Samples.ANNA);
        var csv = folder.resolve("audit.csv");
        dialogs.chooseFile(csv);
        model.export(AuditExport.CSV);
        var ndjson = folder.resolve("audit.ndjson");
        dialogs.chooseFile(ndjson);
        model.export(AuditExport.NDJSON);

        assertThat(Files.readAllLines(csv))
                .hasSize(245)
                .first()
                .isEqualTo("id,at,actor,action,subject,before,after,reason");
        assertThat(Files.readString(csv)).contains(",\"provider is back, incident 4711\"\r\n");
        assertThat(Files.readAllLines(ndjson)).hasSize(244).first().asString().startsWith("{\"id\":244,");
        assertThat(model.note().get().text()).startsWith("244 entries are in ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@x", "\tx", "\rx"})
    void aCellThatWouldBeAFormulaIsMadeText(String text) {
        assertThat(AuditExport.cell(text)).contains("'" + text);
    }

    @Test
    void quotesAndLineEndsStayInTheirCell() {
        var entry = new AuditView.Entry(1, Instant.EPOCH, "anna", "setting.changed", "X", null, "a\"b", "one\ntwo");

        assertThat(AuditExport.CSV.write(List.of(entry)))
                .endsWith("1,1970-01-01T00:00:00Z,anna,setting.changed,X,,\"a\"\"b\",\"one\ntwo\"\r\n");
    }

    private AuditTrailViewModel model(OperatorInfo operator) {
        service.close();
        service = new FakeService(operator);
        store.connection(new Connection.Live());
        store.snapshot(service.state());
        Endpoint endpoint = service.endpoint();
        var ops = new OpsClient(http, () -> Optional.of(endpoint), Duration.ofSeconds(5));
        var desk = new Desk(ops, store, dialogs, Runnable::run, Runnable::run);
        var model = new AuditTrailViewModel(desk, new Changes(desk));
        model.reload();
        model.refresh();
        return model;
    }
}
