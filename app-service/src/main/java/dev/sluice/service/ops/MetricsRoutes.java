package dev.sluice.service.ops;

import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.thread.ChatMetrics;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Numbers for scripts and for Prometheus.
public final class MetricsRoutes implements Routes {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ChatMetrics metrics;
    private final Prometheus prometheus;
    private final Function<@Nullable String, PerformanceReport.Sms> sms;

    MetricsRoutes(ChatMetrics metrics, OpsView view, Observed observed) {
        this.metrics = metrics;
        this.prometheus = new Prometheus(view, observed.sessions()::stats);
        this.sms = observed.texts().report();
    }

    @Override
    public void register(Router router) {
        router.get("/metrics", Access.PUBLIC, this::prometheus)
                .get("/api/metrics/performance", Access.CLIENT, this::performance);
    }

    private void prometheus(Exchange exchange) {
        exchange.sendText(200, PROMETHEUS_TEXT, prometheus.scrape());
    }

    private void performance(Exchange exchange) {
        int lastN = exchange.intQuery("last_n", 100, 1, 10_000);
        var caller = exchange.caller();
        String org = caller.allOrgs() ? null : caller.org();
        exchange.send(200, metrics.report(org, lastN).withSms(sms.apply(org)));
    }
}
