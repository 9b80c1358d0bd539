package dev.sluice.model.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.model.Json;
import dev.sluice.model.sms.SmsView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpsChangeTest {
    private static final Instant NOW = Instant.parse("2025-01-02T03:04:05Z");
    private static final CoalesceTotals TOTALS = new CoalesceTotals(50, 1, 49, 40, 0, 0, 0.98, 1, 49);
    private static final LoadView LOAD = new LoadView(1, 10, 2, 3.5, 120, 900, 0, 0);
    private static final FlightView FLIGHT = new FlightView(
            "f1",
            "0123456789ab",
            "acme",
            "t1",
            "mock",
            "faststream-ttft",
            "streaming",
            NOW,
            NOW,
            null,
            10,
            9,
            3,
            40,
            null,
            new FlightView.Upstream(12.5, 1, 0.4, 120, 200, "req_1"));
    private static final RequestView REQUEST =
            new RequestView(NOW, "r1", "acme", "t1", "leader", null, "f1", 200, false, 812.5, RequestView.Sharing.NONE);
    private static final SettingsView SETTINGS = new SettingsView(
            7,
            List.of(new SettingView(
                    "COALESCE_ENABLED",
                    "flag",
                    "0",
                    "1",
                    "operator",
                    "Share calls.",
                    "ann",
                    NOW,
                    SettingView.Rule.anyOf("coalescing"),
                    new SettingView.Revert(NOW, null))));

    private static final OpsSnapshot BEFORE = new OpsSnapshot(
            new ServiceInfo("sluice", "0.1.0", "i1", NOW, NOW, "http://127.0.0.1:8000", true, true, "mock", "/data"),
            new OperatorInfo("ann", "operator"),
            CoalesceTotals.NONE,
            LoadView.NONE,
            List.of(),
            List.of(),
            new SettingsView(1, List.of()),
            List.of(),
            List.of(),
            SmsView.NONE);

    @Test
    void emptyChangeLeavesTheSnapshotAsItWas() {
        assertThat(new OpsChange(NOW, null, null, null, null, null, null, null, null).applyTo(BEFORE))
                .isEqualTo(BEFORE);
    }

    @Test
    void eachPartReplacesItsOwnAndNothingElse() {
        assertThat(new OpsChange(NOW, TOTALS, null, null, null, null, null, null, null).applyTo(BEFORE))
                .isEqualTo(snapshot(TOTALS, LoadView.NONE, List.of(), List.of(), BEFORE.settings()));
        assertThat(new OpsChange(NOW, null, LOAD, null, null, null, null, null, null).applyTo(BEFORE))
                .isEqualTo(snapshot(CoalesceTotals.NONE, LOAD, List.of(), List.of(), BEFORE.settings()));
        assertThat(new OpsChange(NOW, null, null, List.of(FLIGHT), null, null, null, null, null).applyTo(BEFORE))
                .isEqualTo(snapshot(CoalesceTotals.NONE, LoadView.NONE, List.of(FLIGHT), List.of(), BEFORE.settings()));
        assertThat(new OpsChange(NOW, null, null, null, List.of(REQUEST), null, null, null, null).applyTo(BEFORE))
                .isEqualTo(
                        snapshot(CoalesceTotals.NONE, LoadView.NONE, List.of(), List.of(REQUEST), BEFORE.settings()));
        assertThat(new OpsChange(NOW, null, null, null, null, SETTINGS, null, null, null).applyTo(BEFORE))
                .isEqualTo(snapshot(CoalesceTotals.NONE, LoadView.NONE, List.of(), List.of(), SETTINGS));
    }

    @Test
    void providersAndConditionsAreReplacedWhole() {
        var provider = new ProviderView(
                "openai", false, true, "gpt", 16, 32, 3, 0, 20, 25, 9, 1, 1, 0, 0, "429 from upstream", NOW);
        var condition = new ConditionView("store", "critical", "The disk is full.", 2, NOW);

        OpsSnapshot after = new OpsChange(
                        NOW, null, null, null, null, null, List.of(provider), List.of(condition), null)
                .applyTo(BEFORE);

        assertThat(after.providers()).containsExactly(provider);
        assertThat(after.conditions()).containsExactly(condition);
        assertThat(after.settings()).isEqualTo(BEFORE.settings());
        assertThat(provider.throttled()).isTrue();
        assertThat(condition.alarming()).isTrue();
    }

    @Test
    void textsAreReplacedWhole() {
        var paused = new SmsView(
                7, 30, "sliding", true, true, "twilio", true, 3, 2, 1, 0, 1, NOW, 12, 4, 5, 60, 1, 2, 20, 19, 18, 40,
                42);

        var after = new OpsChange(NOW, null, null, null, null, null, null, null, paused).applyTo(BEFORE);

        assertThat(after.sms()).isEqualTo(paused);
        assertThat(after.totals()).isEqualTo(BEFORE.totals());
    }

    @Test
    void emptyListEmptiesThePart() {
        OpsSnapshot withFlight =
                new OpsChange(NOW, null, null, List.of(FLIGHT), null, null, null, null, null).applyTo(BEFORE);

        assertThat(new OpsChange(NOW, null, null, List.of(), null, null, null, null, null)
                        .applyTo(withFlight)
                        .flights())
                .isEmpty();
    }

    @Test
    void changeCrossesTheWireWithoutItsAbsentParts() throws JsonProcessingException {
        var change = new OpsChange(NOW, TOTALS, null, List.of(FLIGHT), null, SETTINGS, null, null, null);
        String text = Json.text(change);

        assertThat(text).doesNotContain("\"load\"", "\"recent\"");
        assertThat(Json.mapper().readValue(text, OpsChange.class)).isEqualTo(change);
    }

    @Test
    void snapshotCrossesTheWireUnchanged() throws JsonProcessingException {
        OpsSnapshot snapshot = snapshot(TOTALS, LOAD, List.of(FLIGHT), List.of(REQUEST), SETTINGS);

        assertThat(Json.mapper().readValue(Json.text(snapshot), OpsSnapshot.class))
                .isEqualTo(snapshot);
    }

    private static OpsSnapshot snapshot(
            CoalesceTotals totals,
            LoadView load,
            List<FlightView> flights,
            List<RequestView> recent,
            SettingsView settings) {
        return new OpsSnapshot(
                BEFORE.service(),
                BEFORE.operator(),
                totals,
                load,
                flights,
                recent,
                settings,
                List.of(),
                List.of(),
                SmsView.NONE);
    }
}
