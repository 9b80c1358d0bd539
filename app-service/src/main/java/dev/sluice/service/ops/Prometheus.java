package dev.sluice.service.ops;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.ops.ProviderView;
import dev.sluice.service.session.SessionStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// The service's numbers in Prometheus' text format: base units, `_total` for counters. Thread-safe.
final class Prometheus {
    private static final double MS_PER_SECOND = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final OpsView view;
    private final AtomicReference<OpsState> seen;
    /// The most followers seen: a follower may become a leader, but a counter that falls reads as a
    /// restart.
    private final AtomicLong followers = new AtomicLong();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Prometheus(OpsView view, Supplier<SessionStats> sessions) {
        this.view = view;
        OpsState now = view.look();
        this.seen = new AtomicReference<>(now);
        chat();
        load();
        sessions(sessions);
        texts();
        now.providers().forEach(provider -> provider(provider.name()));
        now.conditions().forEach(condition -> condition(condition.name()));
    }

    /// Looks at the service and returns what it sees.
    String scrape() {
        seen.set(view.look());
        return registry.scrape();
    }

    private void chat() {
        counter("sluice.chat.requests", "Chat requests.", s -> s.totals().requests());
        counter(
                "sluice.chat.leaders",
                "Requests that started a provider call others may share.",
                s -> s.totals().leaders());
        counter(
                "sluice.chat.followers",
                "Requests that shared a call, reused answers included.",
                s -> followers.accumulateAndGet(s.totals().followers(), Math::max));
        counter(
                "sluice.chat.reused",
                "Requests answered by a kept result.",
                s -> s.totals().reused());
        counter(
                "sluice.chat.bypassed",
                "Requests that were not to be shared.",
                s -> s.totals().bypassed());
        counter(
                "sluice.chat.rejected",
                "Requests refused before they had a role.",
                s -> s.totals().rejected());
        gauge(
                "sluice.chat.latency.p95.seconds",
                "Latency of the latest requests, 95th percentile.",
                s -> s.load().latencyP95Ms() / MS_PER_SECOND);
        gauge(
                "sluice.chat.ttft.p95.seconds",
                "Time to first token of the latest requests, 95th percentile.",
                s -> s.load().ttftP95Ms() / MS_PER_SECOND);
    }

    private void load() {
        gauge(
                "sluice.flights.in.air",
                "Provider calls in the air.",
                s -> s.load().inFlight());
        gauge(
                "sluice.flights.listeners",
                "Requests waiting on them.",
                s -> s.load().listeners());
        gauge("sluice.streams.open", "Open event streams.", s -> s.load().openStreams());
        gauge(
                "sluice.provider.queue.wait.p95.seconds",
                "Wait for a provider slot, 95th percentile.",
                s -> s.load().queueWaitP95Ms() / MS_PER_SECOND);
        gauge(
                "sluice.settings.version",
                "Version of the live settings; grows with each change.",
                s -> s.settings().version());
    }

    private void sessions(Supplier<SessionStats> stats) {
        gauge("sluice.sessions.running", "Sessions under way.", _ -> stats.get().running());
        gauge(
                "sluice.sessions.waiting",
                "Sessions with events that are not durable.",
                _ -> stats.get().waiting());
        counter(
                "sluice.sessions.events.stored",
                "Events made durable.",
                _ -> stats.get().events());
        counter(
                "sluice.sessions.commits",
                "Commits they took.",
                _ -> stats.get().commits());
        counter(
                "sluice.sessions.commits.refused",
                "Commits that the store did not take.",
                _ -> stats.get().refusals());
        counter(
                "sluice.sessions.lost",
                "Sessions given up because nothing could be stored.",
                _ -> stats.get().lost());
        counter(
                "sluice.sessions.chunks.merged",
                "Chunks saved by merging.",
                _ -> stats.get().merged());
        counter(
                "sluice.sessions.removed",
                "Sessions removed, too old or to be forgotten.",
                _ -> stats.get().removed());
        gauge(
                "sluice.sessions.upkeep.longest.step.seconds",
                "The longest that one step of merging or removing took.",
                _ -> stats.get().longestStep().toNanos() / NANOS_PER_SECOND);
    }

    private void texts() {
        counter("sluice.sms.messages", "Texts taken.", s -> s.sms().messages());
        counter("sluice.sms.duplicates", "Texts delivered again.", s -> s.sms().duplicates());
        counter("sluice.sms.refused", "Texts and calls not taken.", s -> s.sms().refused());
        counter("sluice.sms.batches", "Batches handled.", s -> s.sms().batches());
        counter(
                "sluice.sms.classifications",
                "Provider calls for batches.",
                s -> s.sms().classifications());
        counter("sluice.sms.replies", "Replies sent.", s -> s.sms().replies());
        counter(
                "sluice.sms.saved.calls",
                "Calls that single texts would have cost besides.",
                s -> s.sms().savedCalls());
        counter(
                "sluice.sms.saved.replies",
                "Replies that single texts would have cost besides.",
                s -> s.sms().savedReplies());
        gauge(
                "sluice.sms.windows.open",
                "Windows that wait for their deadlines.",
                s -> s.sms().gathering());
        gauge(
                "sluice.sms.senders.pending",
                "Senders with texts that wait.",
                s -> s.sms().pending());
        gauge("sluice.sms.batches.running", "Batches in process.", s -> s.sms().running());
        gauge(
                "sluice.sms.replies.unknown",
                "Replies of which nobody knows.",
                s -> s.sms().unknown());
        gauge(
                "sluice.sms.batches.quarantined",
                "Batches put aside.",
                s -> s.sms().quarantined());
        gauge(
                "sluice.sms.windows.lateness.p99.seconds",
                "How late the latest windows closed, 99th percentile.",
                s -> s.sms().latenessP99Ms() / MS_PER_SECOND);
    }

    private void provider(String name) {
        var tags = Tags.of("provider", name);
        Function<ToDoubleFunction<ProviderView>, ToDoubleFunction<OpsState>> of =
                value -> state -> state.providers().stream()
                        .filter(provider -> provider.name().equals(name))
                        .mapToDouble(value)
                        .sum();
        gauge(
                "sluice.provider.slots",
                "Calls that may be in the air now; fewer than configured while the provider struggles.",
                tags,
                of.apply(ProviderView::slots));
        gauge(
                "sluice.provider.concurrency.limit",
                "Calls that may be in the air at most.",
                tags,
                of.apply(ProviderView::concurrency));
        gauge("sluice.provider.slots.in.use", "Calls in the air.", tags, of.apply(ProviderView::inUse));
        gauge("sluice.provider.queued", "Calls that wait for a slot.", tags, of.apply(ProviderView::queued));
        counter("sluice.provider.calls", "Calls made, retries included.", tags, of.apply(ProviderView::calls));
        counter(
                "sluice.provider.failures",
                "Calls that failed, 429s included.",
                tags,
                of.apply(ProviderView::failures));
        counter("sluice.provider.rate.limited", "Calls answered with 429.", tags, of.apply(ProviderView::rateLimited));
        counter("sluice.provider.retries", "Second or later tries.", tags, of.apply(ProviderView::retries));
        counter(
                "sluice.provider.queue.timeouts",
                "Calls that waited for a slot in vain, or found the queue full.",
                tags,
                of.apply(ProviderView::queueTimeouts));
    }

    private void condition(String name) {
        var tags = Tags.of("condition", name);
        Function<ToDoubleFunction<ConditionView>, ToDoubleFunction<OpsState>> of =
                value -> state -> state.conditions().stream()
                        .filter(condition -> condition.name().equals(name))
                        .mapToDouble(value)
                        .sum();
        gauge("sluice.condition.level", "0 ok, 1 notice, 2 warning, 3 critical.", tags, of.apply(Prometheus::level));
        counter(
                "sluice.condition.occurrences",
                "How often it happened since start.",
                tags,
                of.apply(ConditionView::count));
    }

    private static double level(ConditionView condition) {
        return switch (condition.level()) {
            case "ok" -> 0;
            case "notice" -> 1;
            case "warning" -> 2;
            default -> 3;
        };
    }

    private void counter(String name, String help, ToDoubleFunction<OpsState> value) {
        counter(name, help, Tags.empty(), value);
    }

    private void counter(String name, String help, Tags tags, ToDoubleFunction<OpsState> value) {
        FunctionCounter.builder(name, seen, state -> value.applyAsDouble(state.get()))
                .tags(tags)
                .description(help)
                .register(registry);
    }

    private void gauge(String name, String help, ToDoubleFunction<OpsState> value) {
        gauge(name, help, Tags.empty(), value);
    }

    private void gauge(String name, String help, Tags tags, ToDoubleFunction<OpsState> value) {
        Gauge.builder(name, seen, state -> value.applyAsDouble(state.get()))
                .tags(tags)
                .description(help)
                .register(registry);
    }
}
