package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.model.metrics.PerformanceReport.Spread;
import dev.sluice.model.ops.RequestView;
import dev.sluice.service.coalesce.Role;
import dev.sluice.service.provider.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {
    private final ChatMetrics metrics = new ChatMetrics();

    @Test
    void numbersAreZeroAndNeverNullWithoutData() {
        JsonNode report = Json.mapper().valueToTree(metrics.report(null, 100));

        assertNoNull(report);
        assertThat(report.path("total_requests").asLong(-1)).isZero();
        assertThat(report.path("error_rate").asDouble(-1)).isZero();
        assertThat(report.path("ttft").path("p95").asDouble(-1)).isZero();
        assertThat(report.path("coalesce").path("ratio").asDouble(-1)).isZero();
        assertThat(report.path("tokens").path("avg_per_request").asDouble(-1)).isZero();
        assertThat(report.path("streaming").path("percentage").asDouble(-1)).isZero();
        assertThat(report.path("phase1_compliance").path("overall_passing").asBoolean())
                .isTrue();
    }

    @Test
    void targetsAreThoseThatOldScriptsRead() {
        PerformanceReport report = metrics.report(null, 1);

        assertThat(report.ttft().targetP95()).isEqualTo(1.5);
        assertThat(report.latency().targetP50()).isEqualTo(3.5);
        assertThat(report.latency().targetP95()).isEqualTo(6.0);
        assertThat(report.queueWaitMs().targetP95()).isEqualTo(1000);
        assertThat(report.errors().target()).isEqualTo(0.01);
    }

    @Test
    @DisplayName("C20 requests = leaders + followers + bypassed + rejected; followers include the reused")
    void countsAddUp() {
        List.of(Role.LEADER, Role.FOLLOWER, Role.FOLLOWER, Role.REUSED, Role.BYPASS)
                .forEach(role -> metrics.joined("acme", role));
        metrics.rejected("acme");
        metrics.called("acme", Duration.ZERO);
        metrics.called("acme", Duration.ZERO);

        PerformanceReport report = metrics.report("acme", 100);

        assertThat(report.coalesce()).isEqualTo(new PerformanceReport.Coalesce(1, 3, 1, 1, 1, 0.75, 2, 3));
        assertThat(report.totalRequests()).isEqualTo(6);
        assertThat(report.cacheHit().count()).isOne();
        assertThat(metrics.totals().requests()).isEqualTo(1 + 3 + 1 + 1);
    }

    @Test
    @DisplayName("X8 one tenant never sees another's numbers; all together are seen by operators only")
    void tenantsSeeTheirOwn() {
        metrics.joined("acme", Role.LEADER);
        metrics.called("acme", Duration.ofMillis(5));
        metrics.used("acme", new Usage(10, 20, 30));
        metrics.finished("acme", sample("acme", 1_000, 100, true, true));
        metrics.joined("globex", Role.FOLLOWER);
        metrics.finished("globex", sample("globex", 3, 1, false, false));
        metrics.rejected("initech");

        JsonNode nobody = Json.mapper().valueToTree(metrics.report("nobody", 100));
        JsonNode fresh = Json.mapper().valueToTree(new ChatMetrics().report(null, 100));
        PerformanceReport globex = metrics.report("globex", 100);

        assertThat(nobody).isEqualTo(fresh);
        assertThat(globex.totalRequests()).isOne();
        assertThat(globex.coalesce().leaders() + globex.coalesce().providerCalls())
                .isZero();
        assertThat(globex.tokens().total() + globex.errors().total()).isZero();
        assertThat(globex.streaming().enabledRequests()).isZero();
        assertThat(globex.latencyMs()).isEqualTo(new Spread(3, 3, 3, 3, 3, 1));
        assertThat(globex.queueWaitMs().p95()).isZero();
        assertThat(metrics.report("acme", 100).latencyMs().max()).isEqualTo(1_000);
        assertThat(metrics.report(null, 100).totalRequests()).isEqualTo(3);
        assertThat(metrics.report(null, 100).latencyMs().count()).isEqualTo(2);
    }

    @Test
    void percentilesAreNearestRankOverTheNewest() {
        for (int ms = 1; ms <= 200; ms++) {
            metrics.finished("acme", sample("acme", ms, ms / 10.0, false, false));
        }

        assertThat(metrics.report("acme", 100).latencyMs()).isEqualTo(new Spread(150, 195, 199, 101, 200, 100));
        assertThat(metrics.report("acme", 100).latency().p95()).isEqualTo(0.195);
        assertThat(metrics.report("acme", 100).ttftMs().p50()).isEqualTo(15.0);
        assertThat(metrics.report("acme", 1).latencyMs()).isEqualTo(new Spread(200, 200, 200, 200, 200, 1));
        assertThat(metrics.report("acme", 10_000).latencyMs().count()).isEqualTo(200);
    }

    @Test
    void requestWithoutFirstTokenHasNoTimeToIt() {
        metrics.finished("acme", sample("acme", 50, -1, true, false));
        metrics.finished("acme", sample("acme", 60, 0, false, false));

        assertThat(metrics.report("acme", 100).ttftMs()).isEqualTo(new Spread(0, 0, 0, 0, 0, 1));
        assertThat(metrics.report("acme", 100).latencyMs().count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "3500, 1500, 0, true",
        "3501, 1500, 0, false",
        "3500, 1501, 0, false",
        "3500, 1500, 1, true",
        "3500, 1500, 2, false"
    })
    void targetsAreMetUpToTheirValue(double latencyMs, double ttftMs, int failed, boolean passing) {
        for (int i = 0; i < 100; i++) {
            metrics.joined("acme", Role.LEADER);
            metrics.finished("acme", sample("acme", latencyMs, ttftMs, i < failed, false));
        }

        PerformanceReport report = metrics.report("acme", 100);

        assertThat(report.phase1Compliance().overallPassing()).isEqualTo(passing);
        assertThat(report.latency().meetsP50Target()).isEqualTo(latencyMs <= 3500);
        assertThat(report.ttft().meetsTarget()).isEqualTo(ttftMs <= 1500);
        assertThat(report.errors().meetsTarget()).isEqualTo(failed <= 1);
    }

    @Test
    void tokensAndStreamsAreSharesOfAllRequests() {
        for (int i = 0; i < 4; i++) {
            metrics.joined("acme", Role.LEADER);
            metrics.finished("acme", sample("acme", 1, 1, false, i == 0));
        }
        metrics.used("acme", new Usage(3, 5, 8));

        assertThat(metrics.report("acme", 1).tokens()).isEqualTo(new PerformanceReport.Tokens(8, 3, 5, 2.0));
        assertThat(metrics.report("acme", 1).streaming()).isEqualTo(new PerformanceReport.Streaming(1, 25.0));
    }

    @Test
    @DisplayName("R7 samples are bounded, counters are not")
    void samplesAreBounded() {
        for (int i = 0; i < OrgMetrics.MAX_SAMPLES + 500; i++) {
            metrics.joined("acme", Role.LEADER);
            metrics.called("acme", Duration.ofMillis(i));
            metrics.finished("acme", sample("acme", i, 1, false, false));
        }

        PerformanceReport report = metrics.report("acme", OrgMetrics.MAX_SAMPLES);

        assertThat(report.latencyMs().count()).isEqualTo(OrgMetrics.MAX_SAMPLES);
        assertThat(report.latencyMs().min()).isEqualTo(500);
        assertThat(report.totalRequests()).isEqualTo(OrgMetrics.MAX_SAMPLES + 500);
        assertThat(report.queueWaitMs().meetsTarget()).isFalse();
    }

    @Test
    void newestRequestsComeFirst() {
        metrics.finished("acme", sample("acme", 1, 1, false, false));
        metrics.finished("globex", sample("globex", 2, 1, false, false));

        assertThat(metrics.recent(10)).extracting(RequestView::org).containsExactly("globex", "acme");
        assertThat(metrics.recent(1)).extracting(RequestView::org).containsExactly("globex");
    }

    @Test
    @DisplayName("C20 no count is lost when many count at once")
    void countedByMany() throws Exception {
        var roles = List.of(Role.values());
        var start = new CountDownLatch(1);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 50; caller++) {
                String org = "org-" + caller % 5;
                var _ = callers.submit(() -> {
                    start.await();
                    for (int i = 0; i < 200; i++) {
                        metrics.joined(org, roles.get(i % roles.size()));
                        metrics.finished(org, sample(org, 1, 1, false, false));
                    }
                    return true;
                });
            }
            start.countDown();
        }

        assertThat(metrics.totals().requests()).isEqualTo(10_000);
        assertThat(metrics.report("org-3", 10_000).totalRequests()).isEqualTo(2_000);
        assertThat(metrics.report("org-3", 10_000).latencyMs().count()).isEqualTo(2_000);
        assertThat(metrics.version()).isEqualTo(20_000);
    }

    private static RequestSample sample(String org, double latencyMs, double ttftMs, boolean failed, boolean streamed) {
        var view = new RequestView(
                Instant.EPOCH,
                "r",
                org,
                "t",
                "leader",
                null,
                null,
                failed ? 502 : 200,
                streamed,
                latencyMs,
                RequestView.Sharing.NONE);
        return new RequestSample(view, ttftMs, failed);
    }

    private static void assertNoNull(JsonNode node) {
        assertThat(node.isNull()).isFalse();
        node.forEach(ReportsTest::assertNoNull);
    }
}
