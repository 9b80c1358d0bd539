package dev.sluice.service.thread;

import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.model.metrics.PerformanceReport.CacheHit;
import dev.sluice.model.metrics.PerformanceReport.Coalesce;
import dev.sluice.model.metrics.PerformanceReport.Errors;
import dev.sluice.model.metrics.PerformanceReport.Latency;
import dev.sluice.model.metrics.PerformanceReport.Phase1Compliance;
import dev.sluice.model.metrics.PerformanceReport.QueueWait;
import dev.sluice.model.metrics.PerformanceReport.Sms;
import dev.sluice.model.metrics.PerformanceReport.Spread;
import dev.sluice.model.metrics.PerformanceReport.Streaming;
import dev.sluice.model.metrics.PerformanceReport.Tokens;
import dev.sluice.model.metrics.PerformanceReport.Ttft;
import java.util.List;

/// Makes the performance report that old scripts read, with its targets.
final class Reports {
    private static final double TTFT_P95_SECONDS = 1.5;
    private static final double LATENCY_P50_SECONDS = 3.5;
    private static final double LATENCY_P95_SECONDS = 6.0;
    private static final double QUEUE_WAIT_P95_MS = 1000;
    private static final double ERROR_RATE = 0.01;

    private Reports() {}

    static PerformanceReport of(OrgMetrics metrics, int lastN) {
        List<RequestSample> samples = metrics.newest(lastN);
        var ttftMs = new Percentiles(
                samples.stream().mapToDouble(RequestSample::ttftMs).filter(ms -> ms >= 0));
        var latencyMs =
                new Percentiles(samples.stream().mapToDouble(s -> s.view().latencyMs()));
        var queueMs = new Percentiles(metrics.newestQueueWaitsMs(lastN).stream().mapToDouble(Double::doubleValue));
        Ttft ttft = ttft(ttftMs);
        Latency latency = latency(latencyMs);
        Errors errors = errors(metrics);
        return new PerformanceReport(
                metrics.requests.sum(),
                ttft,
                latency,
                spread(ttftMs),
                spread(latencyMs),
                new QueueWait(
                        queueMs.at(50),
                        queueMs.at(95),
                        queueMs.at(99),
                        QUEUE_WAIT_P95_MS,
                        queueMs.at(95) <= QUEUE_WAIT_P95_MS),
                tokens(metrics),
                errors,
                errors.rate(),
                streaming(metrics),
                coalesce(metrics),
                new Sms(0, 0, 0, 0, 0, 0, 0),
                new CacheHit(metrics.reused.sum()),
                new Phase1Compliance(
                        ttft.meetsTarget(),
                        latency.meetsP50Target(),
                        latency.meetsP95Target(),
                        errors.meetsTarget(),
                        ttft.meetsTarget()
                                && latency.meetsP50Target()
                                && latency.meetsP95Target()
                                && errors.meetsTarget()));
    }

    private static Ttft ttft(Percentiles ms) {
        double p95 = ms.at(95) / 1000;
        return new Ttft(ms.at(50) / 1000, p95, ms.at(99) / 1000, TTFT_P95_SECONDS, p95 <= TTFT_P95_SECONDS);
    }

    private static Latency latency(Percentiles ms) {
        double p50 = ms.at(50) / 1000;
        double p95 = ms.at(95) / 1000;
        return new Latency(
                p50,
                p95,
                ms.at(99) / 1000,
                LATENCY_P50_SECONDS,
                LATENCY_P95_SECONDS,
                p50 <= LATENCY_P50_SECONDS,
                p95 <= LATENCY_P95_SECONDS);
    }

    private static Spread spread(Percentiles ms) {
        return new Spread(ms.at(50), ms.at(95), ms.at(99), ms.min(), ms.max(), ms.count());
    }

    private static Tokens tokens(OrgMetrics metrics) {
        long total = metrics.totalTokens.sum();
        long requests = metrics.requests.sum();
        return new Tokens(
                total,
                metrics.promptTokens.sum(),
                metrics.completionTokens.sum(),
                requests == 0 ? 0 : (double) total / requests);
    }

    private static Errors errors(OrgMetrics metrics) {
        long total = metrics.errors.sum();
        long requests = metrics.requests.sum();
        double rate = requests == 0 ? 0 : (double) total / requests;
        return new Errors(total, rate, ERROR_RATE, rate <= ERROR_RATE);
    }

    private static Streaming streaming(OrgMetrics metrics) {
        long streamed = metrics.streamed.sum();
        long requests = metrics.requests.sum();
        return new Streaming(streamed, requests == 0 ? 0 : 100.0 * streamed / requests);
    }

    private static Coalesce coalesce(OrgMetrics metrics) {
        var totals = metrics.totals();
        return new Coalesce(
                totals.leaders(),
                totals.followers(),
                totals.reused(),
                totals.bypassed(),
                totals.rejected(),
                totals.ratio(),
                totals.providerCalls(),
                totals.callsSaved());
    }
}
