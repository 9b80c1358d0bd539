package dev.sluice.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OperatedServiceTest {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z][a-z0-9_]*)(\\{[a-z]+=\"[a-z.-]+\"})? -?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");

    @TempDir
    Path directory;

    private OperatedService service;

    @BeforeEach
    void start() throws Exception {
        service = new OperatedService(directory, Map.of());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    @DisplayName("O3 a change is in force for the next request, and so is its revert by itself")
    void changeAndRevert() throws Exception {
        String thread = service.thread();
        service.ask(thread, "one");
        assertThat(role(service.ask(thread, "one"))).isEqualTo("reused");

        service.patch("{\"COALESCE_ENABLED\":0,\"revert_after\":\"1h\"}");
        assertThat(role(service.ask(thread, "one"))).isEqualTo("bypass");
        assertThat(service.json("/api/ops/settings").path("settings").toString())
                .contains("\"revert\":{\"at\"");

        service.patch("{\"COALESCE_ENABLED\":1}");
        service.patch("{\"COALESCE_ENABLED\":0,\"revert_after\":\"1s\"}");
        await("/api/ops/settings", found -> !found.toString().contains("\"revert\":{\"at\""));
        assertThat(ids(service.json("/api/ops/audit?action=setting.reverted"))).hasSize(1);
        service.ask(thread, "one"); // a turn of the thread's own again
        assertThat(role(service.ask(thread, "one"))).isEqualTo("reused");
    }

    @Test
    @DisplayName("O3 limits of a provider and times to live follow the settings")
    void limitsFollow() throws Exception {
        service.patch("{\"MOCK_CONCURRENCY\":3,\"MOCK_RPS\":7,\"COALESCE_RESULT_TTL\":0}");

        JsonNode mock = named(service.json("/api/ops/snapshot").path("providers"), "mock");
        assertThat(mock.path("concurrency").asInt()).isEqualTo(3);
        assertThat(mock.path("requests_per_second").asDouble()).isEqualTo(7);
        String thread = service.thread();
        service.ask(thread, "one");
        assertThat(role(service.ask(thread, "one"))).isEqualTo("leader");
    }

    @Test
    @DisplayName("O8 a dry run of coalescing off recounts the last hour's shared requests, their calls and tokens")
    void dryRunRecounts() throws Exception {
        String thread = service.thread();
        for (int i = 0; i < 5; i++) {
            service.ask(thread, "one");
        }

        JsonNode change = Json.mapper()
                .readTree(service.patch("/api/ops/settings?dry_run=1", "{\"COALESCE_ENABLED\":0}")
                        .body())
                .path("changes")
                .path(0);

        assertThat(change.path("calls_added").asLong()).isEqualTo(4);
        assertThat(change.path("tokens_added").asLong()).isPositive();
        assertThat(change.path("effect").asText())
                .contains("4 requests of the last hour shared a call")
                .contains("they would have made 4 more calls");
    }

    @Test
    @DisplayName("X2 names of the start are refused with a message that says so, and are never returned")
    void startUpOnly() throws Exception {
        var refused = service.patch("{\"OPENAI_API_KEY\":\"sk-geheim-geheim\"}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("counts at the start only").doesNotContain("geheim");
        assertThat(service.get("/api/ops/settings").body())
                .doesNotContain("API_KEY")
                .doesNotContain("BASE_URL");
    }

    @Test
    @DisplayName("X6 the audit is found by who, what, which and when, page by page")
    void auditPages() throws Exception {
        for (int i = 1; i <= 5; i++) {
            service.patch("{\"MOCK_BURST\":" + i + ",\"reason\":\"r" + i + "\"}");
        }
        service.patch("{\"OUTBOUND\":\"stop\"}");

        JsonNode first = service.json("/api/ops/audit?limit=2&subject=MOCK_BURST");
        JsonNode second = service.json("/api/ops/audit?limit=2&subject=MOCK_BURST&before=" + first.path("before"));
        JsonNode third = service.json("/api/ops/audit?limit=2&subject=MOCK_BURST&before=" + second.path("before"));
        assertThat(ids(first)).containsExactly(6L, 5L); // 1 is the first start's token
        assertThat(ids(second)).containsExactly(4L, 3L);
        assertThat(ids(third)).containsExactly(2L);
        assertThat(third.path("before").isNull()).isTrue();
        assertThat(ids(service.json("/api/ops/audit?action=setting"))).hasSize(6);
        assertThat(ids(service.json("/api/ops/audit?action=settin"))).isEmpty();
        assertThat(ids(service.json("/api/ops/audit?actor=nobody"))).isEmpty();
        String at = URLEncoder.encode(first.path("entries").path(0).path("at").asText(), StandardCharsets.UTF_8);
        assertThat(ids(service.json("/api/ops/audit?from=" + at))).containsExactly(7L, 6L);
        assertThat(ids(service.json("/api/ops/audit?to=" + at))).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(ids(service.json("/api/ops/audit?from=2020-01-01&to=2020-01-02")))
                .isEmpty();
        assertThat(ids(service.json("/api/ops/audit?from=2020-01-01"))).hasSize(7);
        for (String bad : List.of("from=today", "from=2020-13-01", "to=1", "before=x", "limit=0", "limit=1001")) {
            assertThat(service.get("/api/ops/audit?" + bad).statusCode())
                    .as(bad)
                    .isEqualTo(422);
        }
    }

    @Test
    @DisplayName("X6 the chain is checked on demand and told with each page")
    void auditChain() throws Exception {
        service.patch("{\"MOCK_BURST\":3}");

        assertThat(service.json("/api/ops/audit").path("chain").path("checked").asLong())
                .isEqualTo(2); // the first start's token, the change
        JsonNode chain = service.json("/api/ops/audit?verify=1").path("chain");
        assertThat(chain.path("intact").asBoolean()).isTrue();
        assertThat(chain.path("broken_at").isNull()).isTrue();
    }

    @Test
    @DisplayName("X6 the export holds each entry with its hashes, oldest first, and is itself audited")
    void auditExport() throws Exception {
        service.patch("{\"MOCK_BURST\":3,\"reason\":\"a \\u2028 line\"}");
        service.patch("{\"MOCK_BURST\":4}");

        var part = service.get("/api/ops/audit/export?limit=1");
        var rest = service.get("/api/ops/audit/export?after=1");
        assertThat(part.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(part.headers().firstValue("Link")).contains("</api/ops/audit/export?after=1&limit=1>; rel=\"next\"");
        var lines = new ArrayList<>(List.of(part.body().split("\n")));
        lines.addAll(List.of(rest.body().split("\n")));
        String previous = "0".repeat(64);
        for (String line : lines) {
            JsonNode entry = Json.mapper().readTree(line);
            assertThat(entry.path("prev_hash").asText()).isEqualTo(previous);
            previous = entry.path("hash").asText();
        }
        assertThat(lines).hasSize(4); // the first start's token and the first export among them
        assertThat(ids(service.json("/api/ops/audit?action=audit.exported"))).hasSize(2);
    }

    @Test
    @DisplayName("X6 another start with other values is audited; a bad value stops it and names the variable")
    void restart() throws Exception {
        service.close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OperatedService(directory, Map.of("MOCK_QUEUE_TIMEOUT", "soon")))
                .withMessageStartingWith("MOCK_QUEUE_TIMEOUT must be");

        service = new OperatedService(directory, Map.of("MOCK_QUEUE_TIMEOUT", "PT4S"));

        JsonNode entry = service.json("/api/ops/audit").path("entries").path(0);
        assertThat(entry.path("action").asText()).isEqualTo("setting.restart");
        assertThat(entry.path("actor").asText()).isEqualTo("service");
        assertThat(entry.path("before").asText()).isEqualTo("10s");
        assertThat(entry.path("after").asText()).isEqualTo("4s");
    }

    @Test
    @DisplayName("X7 conditions tell what is not as it should be: a page that asks, what may not leave")
    void conditions() throws Exception {
        service.get("/api/threads/", "Origin", "http://evil.example");
        service.patch("{\"OUTBOUND\":\"hold-replies\",\"revert_after\":\"1h\"}");

        JsonNode conditions = service.json("/api/ops/snapshot").path("conditions");

        assertThat(named(conditions, "store").path("level").asText()).isEqualTo("ok");
        assertThat(named(conditions, "audit").path("level").asText()).isEqualTo("ok");
        assertThat(named(conditions, "outbound").path("level").asText()).isEqualTo("warning");
        assertThat(named(conditions, "outbound").path("count").asInt()).isOne();
        assertThat(named(conditions, "reverts").path("level").asText()).isEqualTo("notice");
        assertThat(named(conditions, "reverts").path("detail").asText()).contains("next OUTBOUND at ");
        assertThat(named(conditions, "browser-refused").path("level").asText()).isEqualTo("notice");
        assertThat(named(conditions, "browser-refused").path("count").asInt()).isOne();
        assertThat(named(conditions, "readers-dropped").path("level").asText()).isEqualTo("ok");
        assertThat(named(conditions, "provider.mock").path("level").asText()).isEqualTo("ok");
    }

    @Test
    @DisplayName("C20 Prometheus reads every line, with help and type of every family")
    void prometheus() throws Exception {
        String thread = service.thread();
        service.ask(thread, "one");
        service.ask(thread, "one");
        service.patch("{\"OUTBOUND\":\"stop\"}");

        var answer = service.get("/metrics");
        List<String> samples =
                answer.body().lines().filter(line -> !line.startsWith("#")).toList();

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(samples).isNotEmpty().allSatisfy(line -> assertThat(line).matches(SAMPLE));
        for (String sample : samples) {
            var name = SAMPLE.matcher(sample);
            assertThat(name.matches()).isTrue();
            boolean counter = name.group(1).endsWith("_total");
            assertThat(answer.body())
                    .contains("# HELP " + name.group(1) + " ")
                    .contains("# TYPE " + name.group(1) + (counter ? " counter" : " gauge"));
        }
        assertThat(samples)
                .contains(
                        "sluice_chat_requests_total 2.0",
                        "sluice_provider_calls_total{provider=\"mock\"} 1.0",
                        "sluice_provider_failures_total{provider=\"mock\"} 0.0",
                        "sluice_provider_slots{provider=\"mock\"} 32.0",
                        "sluice_provider_slots_in_use{provider=\"mock\"} 0.0",
                        "sluice_condition_level{condition=\"outbound\"} 3.0",
                        "sluice_condition_level{condition=\"store\"} 0.0",
                        "sluice_condition_occurrences_total{condition=\"outbound\"} 1.0",
                        "sluice_settings_version 1.0")
                .doesNotHaveDuplicates();
        assertThat(answer.body()).doesNotContain("acme").doesNotContain(thread);
    }

    private void await(String path, Predicate<JsonNode> condition) throws Exception {
        while (!condition.test(service.json(path))) { // bounded by the test's time-out
            Thread.onSpinWait();
        }
    }

    private static String role(HttpResponse<String> answer) {
        return answer.headers().firstValue("Sluice-Role").orElse("");
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode item : list) {
            if (item.path("name").asText().equals(name)) {
                return item;
            }
        }
        throw new AssertionError("no " + name + " in " + list);
    }

    private static List<Long> ids(JsonNode page) {
        var ids = new ArrayList<Long>();
        page.path("entries").forEach(entry -> ids.add(entry.path("id").asLong()));
        return ids;
    }
}
