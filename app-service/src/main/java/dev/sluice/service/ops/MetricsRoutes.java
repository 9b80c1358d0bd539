package dev.sluice.service.ops;

import dev.sluice.service.http.Access;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.thread.ChatMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;

/// Numbers for scripts and for Prometheus.
public final class MetricsRoutes implements Routes {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ChatMetrics metrics;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    MetricsRoutes(ChatMetrics metrics, OpsView view) {
        this.metrics = metrics;
        counter("sluice.chat.requests", "chat requests", m -> m.totals().requests());
        counter(
                "sluice.chat.leaders",
                "requests that started a flight",
                m -> m.totals().leaders());
        counter(
                "sluice.chat.followers",
                "requests that shared a call, reused ones included",
                m -> m.totals().followers());
        counter(
                "sluice.chat.reused",
                "requests answered by a kept result",
                m -> m.totals().reused());
        counter(
                "sluice.chat.bypassed",
                "requests that were not shared",
                m -> m.totals().bypassed());
        counter(
                "sluice.chat.rejected",
                "requests refused before they had a role",
                m -> m.totals().rejected());
        counter("sluice.provider.calls", "calls to providers", m -> m.totals().providerCalls());
        gauge(
                "sluice.flights.in.air",
                "provider calls in the air",
                view,
                v -> v.look().load().inFlight());
        gauge(
                "sluice.flights.listeners",
                "requests waiting on flights",
                view,
                v -> v.look().load().listeners());
        gauge(
                "sluice.streams.open",
                "open event streams",
                view,
                v -> v.look().load().openStreams());
        gauge(
                "sluice.chat.latency.p95.ms",
                "latency of the latest requests",
                view,
                v -> v.look().load().latencyP95Ms());
        gauge(
                "sluice.chat.ttft.p95.ms",
                "time to first token of the latest requests",
                view,
                v -> v.look().load().ttftP95Ms());
        gauge(
                "sluice.provider.queue.wait.p95.ms",
                "wait for a provider slot",
                view,
                v -> v.look().load().queueWaitP95Ms());
    }

    @Override
    public void register(Router router) {
        router.get("/metrics", Access.PUBLIC, this::prometheus)
                .get("/api/metrics/performance", Access.CLIENT, this::performance);
    }

    private void prometheus(Exchange exchange) {
        exchange.sendText(200, PROMETHEUS_TEXT, registry.scrape());
    }

    private void performance(Exchange exchange) {
        int lastN = exchange.intQuery("last_n", 100, 1, 10_000);
        var caller = exchange.caller();
        exchange.send(200, metrics.report(caller.allOrgs() ? null : caller.org(), lastN));
    }

    private void counter(String name, String description, ToDoubleFunction<ChatMetrics> value) {
        FunctionCounter.builder(name, metrics, value).description(description).register(registry);
    }

    private void gauge(String name, String description, OpsView view, ToDoubleFunction<OpsView> value) {
        Gauge.builder(name, view, value).description(description).register(registry);
    }
}
