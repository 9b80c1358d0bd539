package dev.sluice.ui.fake;

import dev.sluice.model.ops.AuditView;
import dev.sluice.model.ops.CoalesceTotals;
import dev.sluice.model.ops.FlightView;
import dev.sluice.model.ops.LoadView;
import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.ServiceInfo;
import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Documents as a busy service would send them.
public final class Samples {
    /// An operator.
    public static final OperatorInfo ANNA = new OperatorInfo("anna", "operator");
    /// Somebody who may only look.
    public static final OperatorInfo VIEWER = new OperatorInfo("wall-display", "viewer");

    private Samples() {}

    /// A whole state at `now`, flights included.
    public static OpsSnapshot snapshot(Instant now, OperatorInfo operator) {
        return new OpsSnapshot(
                service(now),
                operator,
                totals(12_480),
                load(7),
                flights(now),
                List.of(),
                settings(41, "1", "1"),
                List.of(),
                List.of());
    }

    /// What the service says of itself.
    public static ServiceInfo service(Instant now) {
        return new ServiceInfo(
                "sluice",
                "0.1.0",
                "i-7f3a",
                now.minus(Duration.ofHours(3)),
                now,
                "http://127.0.0.1:8000",
                true,
                true,
                "mock",
                "/home/anna/.local/share/sluice");
    }

    /// Totals after so many requests, of which a fifth led.
    public static CoalesceTotals totals(long requests) {
        long leaders = requests / 5;
        long bypassed = requests / 40;
        long followers = requests - leaders - bypassed;
        double ratio = requests == 0 ? 0 : (double) followers / (leaders + followers);
        return new CoalesceTotals(
                requests, leaders, followers, followers / 3, bypassed, 0, ratio, leaders + bypassed, followers);
    }

    /// A load with so many calls in the air.
    public static LoadView load(int inFlight) {
        return new LoadView(inFlight, inFlight * 6, inFlight * 3 + 2, 38, 412, 2_870, 14, 14 / 12_480.0);
    }

    /// Some flights in each state.
    public static List<FlightView> flights(Instant now) {
        var flights = new ArrayList<FlightView>();
        var states = List.of("streaming", "streaming", "calling", "streaming", "queued", "calling", "streaming");
        for (int i = 0; i < 14; i++) {
            boolean live = i < states.size();
            var state = live ? states.get(i) : i == 9 ? "failed" : i == 12 ? "cancelled" : "done";
            var started = now.minusMillis(420L + 1_730L * i * (i + 1) / 2);
            flights.add(flight(i, state, started, live ? null : started.plusMillis(1_200 + 310L * i)));
        }
        return flights;
    }

    /// One flight.
    public static FlightView flight(int number, String state, Instant started, @Nullable Instant ended) {
        boolean text = state.equals("streaming") || state.equals("done");
        var model = List.of("gpt-4o-mini", "sonar-pro", "gemini-2.0-flash").get(number % 3);
        var provider = List.of("openai", "perplexity", "gemini").get(number % 3);
        return new FlightView(
                "f-01j9" + (4_096 + number * 37),
                Integer.toHexString(0x3fa91c + number * 7_919) + "d41b07",
                List.of("acme", "northwind", "globex").get(number % 3),
                "t-" + (7_310 + number * 13),
                provider,
                model,
                state,
                started,
                text ? started.plusMillis(310 + 17L * number) : null,
                ended,
                ended == null ? 2 + number * 5 % 17 : 0,
                1 + number * 11 % 49,
                text ? 12 + number * 9 : 0,
                text ? 840 + number * 1_377L : 0,
                state.equals("failed") ? "upstream closed the stream after 1 204 ms (request req_8812)" : null,
                FlightView.Upstream.NONE);
    }

    /// All settings at a version.
    public static SettingsView settings(long version, String coalesce, String fanout) {
        return new SettingsView(
                version,
                List.of(
                        flag("COALESCE_ENABLED", coalesce, "Identical requests share one provider call."),
                        flag("STREAM_FANOUT_ENABLED", fanout, "Streaming callers share one provider stream."),
                        setting("COALESCE_RESULT_TTL", "duration", "30s", "How long a finished result is reused."),
                        setting("COALESCE_ERROR_TTL", "duration", "2s", "How long a shareable error is reused."),
                        setting("LINGER", "duration", "5s", "How long a call goes on after its last listener left."),
                        setting("OUTBOUND", "choice", "on", "Whether anything leaves: on, hold-replies, stop."),
                        setting("ORG_REQUESTS_PER_MINUTE", "number", "0", "Budget per organisation; 0 means none.")));
    }

    /// A change that carries settings only.
    public static OpsChange change(Instant at, SettingsView settings) {
        return new OpsChange(at, null, null, null, null, settings, null, null);
    }

    /// A change that carries totals only.
    public static OpsChange change(Instant at, CoalesceTotals totals) {
        return new OpsChange(at, totals, null, null, null, null, null, null);
    }

    /// A short audit.
    public static AuditView audit(Instant now) {
        return new AuditView(
                List.of(
                        entry(
                                4,
                                now.minusSeconds(95),
                                "anna",
                                "COALESCE_ENABLED",
                                "0",
                                "1",
                                "provider is back, incident 4711"),
                        entry(3, now.minusSeconds(1_450), "ben", "COALESCE_ENABLED", "1", "0", "incident 4711"),
                        entry(2, now.minusSeconds(7_300), "anna", "COALESCE_RESULT_TTL", "60s", "30s", null),
                        entry(1, now.minusSeconds(10_800), "service", "STREAM_FANOUT_ENABLED", null, "1", null)),
                null,
                new AuditView.Chain(true, 4, null));
    }

    private static AuditView.Entry entry(
            long id,
            Instant at,
            String actor,
            String subject,
            @Nullable String before,
            String after,
            @Nullable String reason) {
        return new AuditView.Entry(id, at, actor, "setting.changed", subject, before, after, reason);
    }

    private static SettingView flag(String name, String value, String description) {
        return value.equals("1")
                ? new SettingView(
                        name,
                        "flag",
                        value,
                        "1",
                        "default",
                        description,
                        null,
                        null,
                        SettingView.Rule.anyOf("coalescing"),
                        null)
                : new SettingView(
                        name,
                        "flag",
                        value,
                        "1",
                        "operator",
                        description,
                        "anna",
                        ManualClocks.START,
                        SettingView.Rule.anyOf("coalescing"),
                        null);
    }

    private static SettingView setting(String name, String type, String value, String description) {
        return new SettingView(
                name,
                type,
                value,
                value,
                "default",
                description,
                null,
                null,
                SettingView.Rule.anyOf("coalescing"),
                null);
    }
}
