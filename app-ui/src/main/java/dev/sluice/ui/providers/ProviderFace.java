package dev.sluice.ui.providers;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.ProviderView;
import dev.sluice.ui.fx.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Everything one provider's card shows at one moment.
///
/// @param load its slots: in use, allowed, configured
/// @param kind real or simulated, in a word
/// @param slots the slots in words
/// @param throttled why it may use fewer slots than configured; empty unless it may
/// @param failure the last failure with its age; empty if there was none
/// @param figures the counters, each with its name
/// @param alarm what its condition says; empty unless it alarms
record ProviderFace(
        String name,
        String model,
        boolean simulated,
        boolean preferred,
        Load load,
        String kind,
        String slots,
        String throttled,
        String failure,
        List<Figure> figures,
        String alarm) {
    /// @param inUse calls in the air
    /// @param allowed how many may be
    /// @param configured how many may be at most
    record Load(int inUse, int allowed, int configured) {}

    /// @param name what is counted
    /// @param value how much
    /// @param meaning what that means
    record Figure(String name, String value, String meaning) {}

    static ProviderFace of(ProviderView provider, OpsSnapshot snapshot, Instant now) {
        return new ProviderFace(
                provider.name(),
                provider.model(),
                provider.simulated(),
                provider.preferred(),
                new Load(provider.inUse(), provider.slots(), provider.concurrency()),
                provider.simulated() ? "Simulated: no answer is real" : "Real: its calls cost money",
                slots(provider),
                throttled(provider),
                failure(provider, now),
                figures(provider),
                alarm(provider, snapshot));
    }

    private static String slots(ProviderView provider) {
        return provider.inUse() + " of " + provider.slots() + " slots in use"
                + (provider.throttled() ? ", " + provider.concurrency() + " configured" : "")
                + (provider.queued() == 0 ? ", nobody waits" : ", " + Figures.count(provider.queued()) + " waiting");
    }

    private static String throttled(ProviderView provider) {
        if (!provider.throttled()) {
            return "";
        }
        return "Throttled: Sluice holds it to " + provider.slots() + " of its " + provider.concurrency()
                + " configured slots, because it answered 429 or failed. The slots come back by themselves as calls"
                + " succeed; until then requests wait longer.";
    }

    private static String failure(ProviderView provider, Instant now) {
        var at = provider.lastFailureAt();
        if (provider.lastFailure() == null || at == null) {
            return "";
        }
        return "Last failure " + Figures.wholeAge(Duration.between(at, now)) + " ago: " + provider.lastFailure();
    }

    private static List<Figure> figures(ProviderView provider) {
        return List.of(
                new Figure("Calls", Figures.count(provider.calls()), "Calls made since start, retries included"),
                new Figure("Failures", failures(provider), "Calls that failed, 429s included, and their share"),
                new Figure("429s", Figures.count(provider.rateLimited()), "Calls it answered with “too many requests”"),
                new Figure("Retries", Figures.count(provider.retries()), "Calls that were second or later tries"),
                new Figure(
                        "Queue time-outs",
                        Figures.count(provider.queueTimeouts()),
                        "Calls that waited for a slot in vain, or found the queue full"),
                new Figure("Waiting", Figures.count(provider.queued()), "Calls that wait for a slot now"),
                new Figure(
                        "Rate", Figures.rate(provider.requestsPerSecond()), "Calls per second it is held to, steadily"),
                new Figure("Burst", Figures.count(provider.burst()), "Calls allowed at once after a pause"));
    }

    private static String failures(ProviderView provider) {
        return provider.failures() == 0 || provider.calls() == 0
                ? Figures.count(provider.failures())
                : Figures.count(provider.failures()) + " · "
                        + Figures.percent((double) provider.failures() / provider.calls());
    }

    private static String alarm(ProviderView provider, OpsSnapshot snapshot) {
        return snapshot.conditions().stream()
                .filter(condition -> condition.name().equals("provider." + provider.name()))
                .filter(ConditionView::alarming)
                .map(ConditionView::detail)
                .findFirst()
                .orElse("");
    }
}
