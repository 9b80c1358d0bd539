package dev.sluice.ui.controls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.fake.FakeDialogs;
import dev.sluice.ui.fake.FakeService;
import dev.sluice.ui.fake.Samples;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.OpsStore;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Everything runs on the calling thread, against a real HTTP server; events arrive when a test says so.
class InspectorViewModelTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final OpsStore store = new OpsStore(Clocks.system());
    private final FakeDialogs dialogs =
            new FakeDialogs(new Answer.Confirmed(Optional.of("load test"), Optional.of("10m")));
    private FakeService service = new FakeService(Samples.ANNA);

    @AfterEach
    void end() {
        service.close();
        http.shutdownNow();
    }

    @Test
    void groupsTheSettingsAndFindsThem() {
        var model = model(Samples.ANNA);

        assertThat(model.settings())
                .filteredOn(SettingRow::heading)
                .extracting(SettingRow::name)
                .containsExactly("Coalescing", "Safety", "Texts", "Replies", "Provider openai");
        model.search().set("openai");
        assertThat(model.settings())
                .extracting(SettingRow::name)
                .containsExactly("Provider openai", "OPENAI_RPS", "OPENAI_CONCURRENCY");
    }

    @ParameterizedTest
    @CsvSource({
        "COALESCE_RESULT_TTL, soon, Must be a duration",
        "COALESCE_RESULT_TTL, 11m, Out of range. From 0s to 10m.",
        "OPENAI_RPS, many, Must be a number",
        "OPENAI_RPS, 0, Out of range. From 1 to 1000."
    })
    void aMistakeIsToldBeforeItIsSent(String name, String draft, String problem) {
        var inspector = chosen(model(Samples.ANNA), name);

        inspector.draft().set(draft);
        inspector.send();

        assertThat(shown(inspector).problem()).startsWith(problem);
        assertThat(shown(inspector).sendable()).isFalse();
        assertThat(dialogs.asked).isEmpty();
    }

    @Test
    @DisplayName("O3 O6 a value is asked with its effect, pending, confirmed, counted down, undone")
    void aValueIsSetForATime() {
        var model = model(Samples.ANNA);
        var inspector = chosen(model, "COALESCE_RESULT_TTL");

        inspector.draft().set("1m");
        inspector.send();

        var question = dialogs.asked.getFirst();
        assertThat(question.verb()).isEqualTo("Set COALESCE_RESULT_TTL to 1m");
        assertThat(question.effects()).containsExactly("COALESCE_RESULT_TTL becomes 1m at once.");
        assertThat(question.extras().revert()).isTrue();
        assertThat(service.patches)
                .containsExactly("{\"COALESCE_RESULT_TTL\":\"1m\",\"reason\":\"load test\",\"revert_after\":\"10m\"}");
        model.refresh();
        assertThat(row(model, "COALESCE_RESULT_TTL").value()).isEqualTo("1m, pending");
        assertThat(shown(inspector).told().text()).contains("waiting for the service's own event");

        event(model);
        assertThat(shown(inspector).told().text()).startsWith("Confirmed by the service");
        assertThat(row(model, "COALESCE_RESULT_TTL").value()).matches("1m, back in (9 min 5\\d|10 min 00) s");
        assertThat(shown(inspector).revert()).startsWith("Goes back to 30s in ");

        inspector.undo();
        event(model);
        assertThat(row(model, "COALESCE_RESULT_TTL").value()).isEqualTo("30s");
    }

    @Test
    @DisplayName("O3 what the service refuses (422) is rolled back with its reason")
    void aRefusalIsRolledBackWithItsReason() {
        var inspector = chosen(model(Samples.ANNA), "COALESCE_RESULT_TTL");

        inspector.draft().set("13s");
        inspector.send();
        inspector.refresh();

        assertThat(shown(inspector).told().text()).isEqualTo("Not changed: COALESCE_RESULT_TTL must not be 13s.");
        assertThat(shown(inspector).value()).isEqualTo("30s");
    }

    @Test
    void aDraftNobodyTouchedFollowsTheService() {
        var model = model(Samples.ANNA);
        var inspector = chosen(model, "OPENAI_RPS");

        store.change(
                Samples.change(store.now(), FakeService.with(service.state().settings(), "OPENAI_RPS", "40")));
        model.refresh();
        assertThat(inspector.draft().get()).isEqualTo("40");

        inspector.draft().set("41");
        store.change(
                Samples.change(store.now(), FakeService.with(service.state().settings(), "OPENAI_RPS", "50")));
        model.refresh();
        assertThat(inspector.draft().get()).isEqualTo("41");
    }

    @Test
    void theHistoryOfTheChosenSettingIsRead() {
        var model = model(Samples.ANNA);

        model.choose("OPENAI_RPS");

        assertThat(service.audited).last().isEqualTo("limit=50&subject=OPENAI_RPS");
        assertThat(model.audit()).hasSize(50).allMatch(entry -> entry.subject().equals("OPENAI_RPS"));
        assertThat(model.auditTitle().get()).isEqualTo("History");
    }

    @Test
    void aViewerIsToldWhyHeMayNot() {
        var inspector = chosen(model(Samples.VIEWER), "OPENAI_RPS");

        inspector.draft().set("40");
        inspector.send();

        assertThat(shown(inspector).blocked()).contains("Read-only", "viewer");
        assertThat(shown(inspector).sendable()).isFalse();
        assertThat(dialogs.asked).isEmpty();
    }

    private static Inspection shown(InspectorViewModel inspector) {
        return Objects.requireNonNull(inspector.shown().get());
    }

    private static SettingRow row(ControlsViewModel model, String name) {
        return model.settings().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static InspectorViewModel chosen(ControlsViewModel model, String name) {
        model.choose(name);
        return model.inspector();
    }

    private ControlsViewModel model(OperatorInfo operator) {
        service.close();
        service = new FakeService(operator);
        store.connection(new Connection.Live());
        store.snapshot(service.state());
        Endpoint endpoint = service.endpoint();
        var ops = new OpsClient(http, () -> Optional.of(endpoint), Duration.ofSeconds(5));
        var desk = new Desk(ops, store, dialogs, Runnable::run, Runnable::run);
        var model = new ControlsViewModel(desk, new Changes(desk));
        model.refresh();
        return model;
    }

    /// The service's event arrives.
    private void event(ControlsViewModel model) {
        store.snapshot(service.state());
        model.refresh();
    }
}
