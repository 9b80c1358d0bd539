package dev.sluice.ui.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sluice.model.Json;
import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of a [FakeService].
final class FakeSettings {
    private static final String EFFECT =
            "7 flights in the air finish. The last hour's 3,120 followers would have been calls of their own.";

    private final FakeService service;

    FakeSettings(FakeService service) {
        this.service = service;
    }

    void handle(HttpExchange exchange) throws IOException, InterruptedException {
        var now = service.state().settings();
        if (exchange.getRequestMethod().equals("GET")) {
            exchange.getResponseHeaders().add("ETag", now.etag());
            Answers.answer(exchange, 200, now);
            return;
        }
        var body = Json.mapper().readTree(exchange.getRequestBody());
        var name = body.fieldNames().next();
        var value = body.get(name).asText();
        var setting = now.find(name).orElse(null);
        if (setting == null) {
            Answers.problem(exchange, 422, "There is no setting " + name + ".", null);
        } else if ("dry_run=1".equals(exchange.getRequestURI().getQuery())) {
            Answers.answer(exchange, 200, preview(now, setting, value));
        } else if (setting.rule().max() != null && value.equals("13s")) {
            Answers.problem(exchange, 422, name + " must not be 13s.", null);
        } else {
            service.patches.add(body.toString());
            change(exchange, now, body, name, value);
        }
    }

    private static SettingsPreview preview(SettingsView now, SettingView setting, String value) {
        boolean calls = setting.name().equals("COALESCE_ENABLED");
        return new SettingsPreview(
                now.version(),
                setting.value().equals(value)
                        ? List.of()
                        : List.of(new SettingsPreview.Change(
                                setting.name(),
                                setting.value(),
                                value,
                                calls ? EFFECT : setting.name() + " becomes " + value + " at once.",
                                calls ? 2_496L : null,
                                calls ? 310_204L : null)));
    }

    private void change(HttpExchange exchange, SettingsView now, JsonNode body, String name, String value)
            throws IOException, InterruptedException {
        var next = with(now, name, value, body.hasNonNull("revert_after") ? Duration.ofMinutes(10) : null);
        switch (service.mood()) {
            case DONE -> {
                service.publish(Samples.change(Instant.now(), next));
                Answers.answer(exchange, 200, next);
            }
            case DONE_SILENTLY -> {
                service.take(Samples.change(Instant.now(), next));
                service.awaitEnd();
            }
            case LOST -> service.awaitEnd();
            case CONTESTED -> Answers.problem(exchange, 412, "The settings changed meanwhile", now);
        }
    }

    /// Returns settings after a change of one of them.
    static SettingsView with(SettingsView now, String name, String value, @Nullable Duration revertAfter) {
        return new SettingsView(
                now.version() + 1,
                now.settings().stream()
                        .map(each -> each.name().equals(name) ? with(each, value, revertAfter) : each)
                        .toList());
    }

    private static SettingView with(SettingView setting, String value, @Nullable Duration revertAfter) {
        return SampleSettings.with(
                setting,
                value,
                revertAfter == null
                        ? null
                        : new SettingView.Revert(Instant.now().plus(revertAfter), setting.value()));
    }
}
