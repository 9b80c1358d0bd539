package dev.sluice.ui.fake;

import dev.sluice.model.ops.AuditView;
import dev.sluice.model.ops.CoalesceTotals;
import dev.sluice.model.ops.FlightView;
import dev.sluice.model.ops.LoadView;
import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.model.ops.OpsChange;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.ServiceInfo;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.model.sms.SmsView;
import java.time.Duration;
import java.time.Instant;
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
                SampleTraffic.requests(now),
                settings(41, "1", "1"),
                SampleTraffic.providers(now),
                SampleTraffic.conditions(now),
                SmsView.NONE);
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
        return SampleTraffic.flights(now);
    }

    /// One flight.
    public static FlightView flight(int number, String state, Instant started, @Nullable Instant ended) {
        return SampleTraffic.flight(number, state, started, ended);
    }

    /// A flight after it was cancelled.
    public static FlightView cancelled(FlightView flight, Instant at) {
        return new FlightView(
                flight.id(),
                flight.key(),
                flight.org(),
                flight.threadId(),
                flight.provider(),
                flight.model(),
                "cancelled",
                flight.startedAt(),
                flight.firstTokenAt(),
                at,
                0,
                flight.followers(),
                flight.deltas(),
                flight.bytes(),
                "cancelled by an operator",
                flight.upstream());
    }

    /// All settings at a version.
    public static SettingsView settings(long version, String coalesce, String fanout) {
        return SampleSettings.all(version, coalesce, fanout);
    }

    /// A change that carries flights only.
    public static OpsChange flown(Instant at, List<FlightView> flights) {
        return new OpsChange(at, null, null, flights, null, null, null, null, null);
    }

    /// A change that carries settings only.
    public static OpsChange change(Instant at, SettingsView settings) {
        return new OpsChange(at, null, null, null, null, settings, null, null, null);
    }

    /// A change that carries totals only.
    public static OpsChange change(Instant at, CoalesceTotals totals) {
        return new OpsChange(at, totals, null, null, null, null, null, null, null);
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
}
