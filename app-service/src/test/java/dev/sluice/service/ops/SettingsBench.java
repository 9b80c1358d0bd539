package dev.sluice.service.ops;

import dev.sluice.model.Json;
import dev.sluice.model.metrics.PerformanceReport;
import dev.sluice.model.ops.ProviderView;
import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.model.sms.Forecast;
import dev.sluice.model.sms.SmsView;
import dev.sluice.service.SetClock;
import dev.sluice.service.config.ConfigFile;
import dev.sluice.service.config.SettingCatalog;
import dev.sluice.service.config.Settings;
import dev.sluice.service.config.SettingsRepository;
import dev.sluice.service.config.StartupValues;
import dev.sluice.service.store.Database;
import dev.sluice.service.thread.ChatMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Settings over a real database, with what changes, audits and reverts them: one run of a service.
final class SettingsBench {
    /// Texts of a service that has had none, but for two open windows.
    static final Texts NO_TEXTS = new Texts(
            () -> SmsView.NONE,
            _ -> new PerformanceReport.Sms(0, 0, 0, 0, 0, 0, 0),
            (length, sliding) -> new Forecast(
                    length == null ? 60 : length.toSeconds(),
                    sliding == null || !sliding ? "fixed" : "sliding",
                    3,
                    2,
                    1));

    final SetClock clock;
    final AuditRepository audit;
    final SettingsRepository repository;
    final Settings settings;
    final SettingsReverts reverts;
    final ChatMetrics metrics = new ChatMetrics();
    final List<ProviderView> providers = new ArrayList<>();
    private final SettingsChanges changes;
    private final SettingsHistory history;

    /// @param environment what it is started with
    SettingsBench(Database db, SetClock clock, Map<String, String> environment) {
        this.clock = clock;
        audit = new AuditRepository(db);
        repository = new SettingsRepository(db);
        settings = new Settings(
                new SettingCatalog(List.of("openai")),
                new StartupValues(Map.of(), environment, ConfigFile.none()),
                repository.load());
        history = new SettingsHistory(settings, repository, audit);
        reverts = new SettingsReverts(settings, repository, history, clock);
        changes = new SettingsChanges(
                settings,
                repository,
                history,
                new SettingEffects(
                        settings, metrics, () -> 2, () -> List.copyOf(providers), new TextEffects(NO_TEXTS), clock),
                clock);
    }

    /// Does what a service does before it serves.
    SettingsBench start() {
        reverts.revertDue();
        history.restarted(clock.instant());
        return this;
    }

    SettingsView patch(String json) {
        return changes.apply(read(json), settings.version(), "ann");
    }

    SettingsView patch(String json, long version) {
        return changes.apply(read(json), version, "ann");
    }

    SettingsPreview.Change preview(String json) {
        var all = changes.preview(read(json)).changes();
        return all.getFirst();
    }

    SettingView view(String name) {
        return settings.view().find(name).orElseThrow();
    }

    private SettingsChange read(String json) {
        try {
            return changes.read(Json.mapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
