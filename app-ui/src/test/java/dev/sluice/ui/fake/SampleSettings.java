package dev.sluice.ui.fake;

import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings of each type.
final class SampleSettings {
    private static final SettingView.Rule COALESCING = SettingView.Rule.anyOf("coalescing");
    private static final SettingView.Rule TIMES = new SettingView.Rule("coalescing", List.of(), "0s", "10m");
    private static final SettingView.Rule PROVIDER = new SettingView.Rule("provider openai", List.of(), "1", "1000");

    private SampleSettings() {}

    static SettingsView all(long version, String coalesce, String fanout) {
        return new SettingsView(
                version,
                List.of(
                        flag("COALESCE_ENABLED", coalesce, "Identical requests share one provider call."),
                        flag("STREAM_FANOUT_ENABLED", fanout, "Streaming callers share one provider stream."),
                        setting(
                                "COALESCE_RESULT_TTL",
                                "duration",
                                "30s",
                                "How long a finished result is reused.",
                                TIMES),
                        setting("COALESCE_ERROR_TTL", "duration", "2s", "How long a shareable error is reused.", TIMES),
                        setting(
                                "LINGER",
                                "duration",
                                "5s",
                                "How long a call goes on after its last listener left.",
                                TIMES),
                        setting(
                                "OUTBOUND",
                                "choice",
                                "on",
                                "Whether anything leaves: on, hold-replies, stop.",
                                new SettingView.Rule("safety", List.of("on", "hold-replies", "stop"), null, null)),
                        setting(
                                "ORG_REQUESTS_PER_MINUTE",
                                "number",
                                "0",
                                "Budget per organisation; 0 means none.",
                                new SettingView.Rule("safety", List.of(), "0", "100000")),
                        setting(
                                "CONSOLIDATION_WINDOW",
                                "duration",
                                "60s",
                                "How long the texts of a sender gather before they are handled as one.",
                                new SettingView.Rule("texts", List.of(), "0s", "1h")),
                        setting(
                                "CONSOLIDATION_MODE",
                                "choice",
                                "fixed",
                                "What a window is counted from.",
                                new SettingView.Rule("texts", List.of("fixed", "sliding"), null, null)),
                        setting(
                                "CONSOLIDATION_PAUSED",
                                "flag",
                                "0",
                                "Texts are kept, nothing is handled.",
                                SettingView.Rule.anyOf("texts")),
                        setting(
                                "SMS_AUTO_REPLY_ENABLED",
                                "flag",
                                "1",
                                "Each batch of texts gets one reply.",
                                SettingView.Rule.anyOf("replies")),
                        setting(
                                "SMS_AUTO_REPLY_TEXT",
                                "text",
                                "",
                                "What every reply says; empty, it depends on the verdict.",
                                SettingView.Rule.anyOf("replies")),
                        setting("OPENAI_RPS", "number", "20", "Calls per second at most.", PROVIDER),
                        setting("OPENAI_CONCURRENCY", "number", "32", "Calls in the air at most.", PROVIDER)));
    }

    /// Returns a setting after an operator set it.
    static SettingView with(SettingView setting, String value, SettingView.@Nullable Revert revert) {
        return new SettingView(
                setting.name(),
                setting.type(),
                value,
                setting.defaultValue(),
                "operator",
                setting.description(),
                "anna",
                ManualClocks.START,
                setting.rule(),
                revert);
    }

    private static SettingView flag(String name, String value, String description) {
        var standard = setting(name, "flag", "1", description, COALESCING);
        return value.equals("1") ? standard : with(standard, value, null);
    }

    private static SettingView setting(
            String name, String type, String value, String description, SettingView.Rule rule) {
        return new SettingView(name, type, value, value, "default", description, null, null, rule, null);
    }
}
