package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.service.provider.FakeReply;
import dev.sluice.service.store.TemporaryDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MetricsRoutesTest {
    private static final Pattern SAMPLE = Pattern.compile(
            "[a-z][a-z0-9_]*(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? -?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private OpsServer ops;

    @BeforeEach
    void start() throws Exception {
        ops = new OpsServer(temporary.db(), Map.of());
    }

    @AfterEach
    void stop() {
        ops.close();
    }

    @Test
    void prometheusReadsTheTextFormat() throws Exception {
        var answer = ops.anonymous("/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).endsWith("\n").doesNotContain("\r");
        List<String> samples =
                answer.body().lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(samples).allSatisfy(line -> assertThat(line).matches(SAMPLE));
        assertThat(samples).hasSizeGreaterThan(13);
        for (String sample : samples) {
            String name = sample.replaceFirst("[ {].*", "");
            assertThat(answer.body()).contains("# HELP " + name + " ").contains("# TYPE " + name + " ");
        }
    }

    @Test
    @DisplayName("C20 Prometheus sees the counters, and gauges of what goes on")
    void prometheusSeesTheCounters() throws Exception {
        String thread = ops.thread();
        String path = "/api/threads/" + thread + "/messages";
        ops.post(path, "{\"content\":\"hi\"}");
        ops.post(path, "{\"content\":\"hi\"}");
        ops.post(path, "{\"content\":\"\"}");
        var answering = new CountDownLatch(1);
        ops.upstream.reply(FakeReply.words(1).heldBy(answering));
        var asked = ops.postLater(path, "{\"content\":\"more\"}");
        ops.upstream.awaitCalls(2);
        ops.openStreams.set(3);

        String text = ops.anonymous("/metrics").body();

        assertThat(text.lines())
                .contains(
                        "# TYPE sluice_chat_requests_total counter",
                        "sluice_chat_requests_total 4.0",
                        "sluice_chat_leaders_total 2.0",
                        "sluice_chat_followers_total 1.0",
                        "sluice_chat_reused_total 1.0",
                        "sluice_chat_bypassed_total 0.0",
                        "sluice_chat_rejected_total 1.0",
                        "sluice_provider_calls_total{provider=\"openai\"} 2.0",
                        "# TYPE sluice_flights_in_air gauge",
                        "sluice_flights_in_air 1.0",
                        "sluice_flights_listeners 1.0",
                        "sluice_streams_open 3.0");
        assertThat(text).doesNotContain("acme").doesNotContain(thread);
        answering.countDown();
        assertThat(asked.get().statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("X8 a tenant's report is its own, the operator's is of all")
    void reportsByTenant() throws Exception {
        ops.post("/api/threads/" + ops.thread() + "/messages", "{\"content\":\"hi\"}");
        String path = "/api/metrics/performance";

        assertThat(report(ops.get(path, "x-org-id", "globex").body()).totalRequests())
                .isOne(); // an operator's token sees all
        assertThat(report(ops.anonymous(path).body()).totalRequests()).isOne();
        assertThat(report(ops.anonymous(path, "globex").body()).totalRequests()).isZero();
        assertThat(report(ops.anonymous(path, "acme").body()).totalRequests()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "x", "1.5", ""})
    void numberOfRequestsIsBounded(String lastN) throws Exception {
        assertThat(ops.anonymous("/api/metrics/performance?last_n=" + lastN).statusCode())
                .isEqualTo(422);
    }

    @Test
    @DisplayName("X6 cancelling a flight is audited with who and which; one that is not in the air is 404")
    void cancelledFlightIsAudited() throws Exception {
        ops.upstream.reply(FakeReply.words(1).heldBy(new CountDownLatch(1)));
        var asked = ops.postLater("/api/threads/" + ops.thread() + "/messages", "{\"content\":\"hi\"}");
        ops.upstream.awaitCalls(1);
        String flight = ops.threads.inAir().iterator().next().id();

        assertThat(ops.post("/api/ops/flights/" + flight + "/cancel", "{}").statusCode())
                .isEqualTo(401);
        assertThat(ops.postAsOperator("/api/ops/flights/" + flight + "/cancel", "{\"reason\":7}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ops.postAsOperator("/api/ops/flights/" + flight + "/cancel", "{\"reason\":\"runaway\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(asked.get().statusCode()).isEqualTo(503);
        ops.upstream.awaitAborted(1);
        assertThat(ops.postAsOperator("/api/ops/flights/" + flight + "/cancel", "{}")
                        .statusCode())
                .isEqualTo(404);

        assertThat(ops.audit.latest(5)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("ann");
            assertThat(entry.action()).isEqualTo("flight.cancelled");
            assertThat(entry.subject()).isEqualTo(flight);
            assertThat(entry.reason()).isEqualTo("runaway");
        });
        assertThat(ops.get("/api/ops/audit").body()).contains("flight.cancelled");
        assertThat(ops.get("/api/ops/snapshot").body()).contains("\"cancelled\"");
    }

    private static PerformanceReport report(String json) throws Exception {
        return Json.mapper().readValue(json, PerformanceReport.class);
    }
}
