package dev.sluice.service.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.ops.AuditView;
import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.service.config.Setting;
import dev.sluice.service.store.TemporaryDatabase;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SettingsChangesTest {
    private static final String PATH = "/api/ops/settings";
    private static final String DRY = PATH + "?dry_run=1";
    private static final String OFF = "{\"COALESCE_ENABLED\":0,\"reason\":\"trying\"}";

    @RegisterExtension
    final TemporaryDatabase temporary = new TemporaryDatabase();

    private OpsServer ops;

    @BeforeEach
    void start() throws Exception {
        ops = new OpsServer(temporary.db(), Map.of("STREAM_FANOUT_ENABLED", "no"));
    }

    @AfterEach
    void stop() {
        ops.close();
    }

    @Test
    @DisplayName("X6 a change is in force, has a new version, and is in the audit with who, what and why")
    void changeIsInForceAndAudited() throws Exception {
        var before = ops.get(PATH);
        var answer = ops.patch(PATH, OFF, "If-Match", etag(before));
        SettingView view = settings(answer).find("COALESCE_ENABLED").orElseThrow();

        assertThat(etag(before)).isEqualTo("\"0\"");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(etag(answer)).isEqualTo("\"1\"").isEqualTo(etag(ops.get(PATH)));
        assertThat(view.value()).isEqualTo("0");
        assertThat(view.source()).isEqualTo("operator");
        assertThat(view.changedBy()).isEqualTo("ann");
        assertThat(ops.settings.on(Setting.COALESCE_ENABLED)).isFalse();
        assertThat(ops.audit.latest(5))
                .containsExactly(new AuditView.Entry(
                        1, ops.clock.now(), "ann", "setting.changed", "COALESCE_ENABLED", "1", "0", "trying"));
        assertThat(ops.audit.verifyChain()).isEmpty();
    }

    @Test
    @DisplayName("O6 a dry run says what would happen and changes nothing")
    void dryRunChangesNothing() throws Exception {
        var answer = ops.patch(DRY, OFF);
        var preview = Json.mapper().readValue(answer.body(), SettingsPreview.class);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(preview.version()).isZero();
        assertThat(preview.changes()).singleElement().satisfies(change -> {
            assertThat(change.name()).isEqualTo("COALESCE_ENABLED");
            assertThat(change.before()).isEqualTo("1");
            assertThat(change.after()).isEqualTo("0");
            assertThat(change.effect()).contains("calls the provider itself").contains("in the air: 0");
        });
        assertThat(ops.settings.on(Setting.COALESCE_ENABLED)).isTrue();
        assertThat(ops.settingsRepository.load().version()).isZero();
        assertThat(ops.audit.latest(1)).isEmpty();
    }

    @Test
    @DisplayName("O6 a dry run of what is so already says that nothing would change")
    void dryRunOfNothing() throws Exception {
        var preview = Json.mapper()
                .readValue(ops.patch(DRY, "{\"COALESCE_ENABLED\":true}").body(), SettingsPreview.class);

        assertThat(preview.changes()).isEmpty();
    }

    @Test
    @DisplayName("O6 X6 taking a value back previews, audits and brings what the service was started with")
    void takenBackToTheStartupValue() throws Exception {
        String back = "{\"STREAM_FANOUT_ENABLED\":null}";
        ops.patch(PATH, "{\"STREAM_FANOUT_ENABLED\":1}", "If-Match", "\"0\"");

        var preview = Json.mapper().readValue(ops.patch(DRY, back).body(), SettingsPreview.class);
        var answer = ops.patch(PATH, back, "If-Match", "\"1\"");
        SettingView view = settings(answer).find("STREAM_FANOUT_ENABLED").orElseThrow();

        assertThat(preview.changes()).singleElement().satisfies(change -> {
            assertThat(change.before()).isEqualTo("1");
            assertThat(change.after()).isEqualTo("0");
        });
        assertThat(view.value()).isEqualTo("0");
        assertThat(view.source()).isEqualTo("environment");
        assertThat(view.changedBy()).isNull();
        assertThat(ops.audit.latest(1).getFirst().before()).isEqualTo("1");
        assertThat(ops.audit.latest(1).getFirst().after()).isEqualTo("0");
    }

    @Test
    @DisplayName("O8 a change made for an older version is 412 with the settings as they are, and changes nothing")
    void staleVersion() throws Exception {
        ops.patch(PATH, OFF, "If-Match", "\"0\"");

        var late = ops.patch(PATH, "{\"COALESCE_ENABLED\":1}", "If-Match", "\"0\"");
        JsonNode problem = Json.mapper().readTree(late.body());

        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(Json.mapper()
                        .treeToValue(problem.path("current"), SettingsView.class)
                        .version())
                .isEqualTo(1);
        assertThat(problem.path("detail").asText()).contains("version 1");
        assertThat(ops.settings.on(Setting.COALESCE_ENABLED)).isFalse();
        assertThat(ops.audit.latest(5)).hasSize(1);
    }

    @Test
    @DisplayName("O8 of changes racing for one version exactly one wins")
    void racingChanges() throws Exception {
        var statuses = new ArrayList<Integer>();
        try (var racers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<HttpResponse<String>>>();
            for (int i = 0; i < 8; i++) {
                answers.add(racers.submit(() -> ops.patch(PATH, OFF, "If-Match", "\"0\"")));
            }
            for (var answer : answers) {
                statuses.add(answer.get().statusCode());
            }
        }

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 412).hasSize(7);
        assertThat(ops.settings.version()).isEqualTo(1);
        assertThat(ops.audit.latest(9)).hasSize(1);
    }

    @Test
    @DisplayName("O8 a change that names no version is 428")
    void noVersion() throws Exception {
        var answer = ops.patch(PATH, OFF);

        assertThat(answer.statusCode()).isEqualTo(428);
        assertThat(Json.mapper().readTree(answer.body()).path("detail").asText())
                .contains("If-Match");
        assertThat(ops.settings.version()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "*", "W/\"0\"", "\"x\"", "\"-1\"", "\"0\", \"1\"", "\"99999999999999999999\""})
    void unreadableVersionIs400(String tag) throws Exception {
        assertThat(ops.patch(PATH, OFF, "If-Match", tag).statusCode()).isEqualTo(400);
        assertThat(ops.settings.version()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NO_SUCH | {\"NO_SUCH\":1}",
                "OPENAI_API_KEY | {\"OPENAI_API_KEY\":\"sk-evil\"}",
                "coalesce_enabled | {\"coalesce_enabled\":0}",
                "COALESCE_ENABLED | {\"COALESCE_ENABLED\":2}",
                "COALESCE_ENABLED | {\"COALESCE_ENABLED\":\"\"}",
                "COALESCE_ENABLED | {\"COALESCE_ENABLED\":\"maybe\"}",
                "COALESCE_ENABLED | {\"COALESCE_ENABLED\":[0]}",
                "COALESCE_ENABLED | {\"STREAM_FANOUT_ENABLED\":1,\"COALESCE_ENABLED\":{}}",
                "reason | {\"COALESCE_ENABLED\":0,\"reason\":7}",
                " | {}",
                " | {\"reason\":\"nothing to change\"}"
            })
    @DisplayName("X2 what is no live setting or no value is refused whole, with its name and not its value")
    void refusedWhole(String field, String body) throws Exception {
        var answer = ops.patch(PATH, body, "If-Match", "\"0\"");
        JsonNode problem = Json.mapper().readTree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(problem.path("field").asText(null)).isEqualTo(field);
        assertThat(answer.body()).doesNotContain("sk-evil");
        assertThat(ops.settingsRepository.load().version()).isZero();
        assertThat(ops.audit.latest(1)).isEmpty();
    }

    @Test
    void reasonIsAtMost500Characters() throws Exception {
        String reason = "r".repeat(500);

        assertThat(ops.patch(PATH, withReason(reason + "r"), "If-Match", "\"0\"")
                        .statusCode())
                .isEqualTo(422);
        assertThat(ops.patch(PATH, withReason(reason), "If-Match", "\"0\"").statusCode())
                .isEqualTo(200);
        assertThat(ops.audit.latest(1).getFirst().reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "false", "\"off\"", "\"No\"", "\" 0 \""})
    void flagsAreReadInEveryForm(String value) throws Exception {
        var answer = ops.patch(PATH, "{\"COALESCE_ENABLED\":" + value + "}", "If-Match", "\"0\"");

        assertThat(settings(answer).find("COALESCE_ENABLED").orElseThrow().value())
                .isEqualTo("0");
    }

    @Test
    @DisplayName("X6 several settings in one change are one version and an entry each")
    void severalSettings() throws Exception {
        var answer = ops.patch(PATH, "{\"COALESCE_ENABLED\":0,\"STREAM_FANOUT_ENABLED\":1}", "If-Match", "\"0\"");

        assertThat(etag(answer)).isEqualTo("\"1\"");
        assertThat(ops.audit.latest(9))
                .extracting(AuditView.Entry::subject)
                .containsExactlyInAnyOrder("COALESCE_ENABLED", "STREAM_FANOUT_ENABLED");
        assertThat(ops.audit.verifyChain()).isEmpty();
    }

    @Test
    @DisplayName("X6 without a token nobody sees or changes a setting")
    void operatorsOnly() throws Exception {
        for (String path : List.of(PATH, "/api/ops/audit", "/api/ops/snapshot", "/api/ops/stream")) {
            assertThat(ops.anonymous(path).statusCode()).as(path).isEqualTo(401);
        }
    }

    private static String withReason(String reason) {
        return Json.text(Map.of("COALESCE_ENABLED", 0, "reason", reason));
    }

    private static String etag(HttpResponse<?> answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }

    private static SettingsView settings(HttpResponse<String> answer) throws Exception {
        return Json.mapper().readValue(answer.body(), SettingsView.class);
    }
}
