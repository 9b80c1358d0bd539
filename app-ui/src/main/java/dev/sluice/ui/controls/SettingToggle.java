package dev.sluice.ui.controls;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.Dialogs;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.OpsStore;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// One flag: what it is, what was asked of it, and what became of that. Confined to the FX thread.
///
/// It shows the service's word, except while a change is pending: then it shows what was asked for, marked as such.
public final class SettingToggle {
    private final Gate gate;
    private final OpsClient ops;
    private final OpsStore store;
    private final SettingCommand command;
    private final Dialogs dialogs;
    private final Executor background;
    private final Executor fx;
    private Progress progress = new Progress.Settled();
    private final ReadOnlyObjectWrapper<ToggleFace> face =
            new ReadOnlyObjectWrapper<>(this, "face", ToggleFace.UNKNOWN);
    private boolean reading;

    SettingToggle(Gate gate, OpsClient ops, OpsStore store, Dialogs dialogs, Executor background, Executor fx) {
        this.gate = gate;
        this.ops = ops;
        this.store = store;
        this.command = new SettingCommand(ops, gate.setting());
        this.dialogs = dialogs;
        this.background = background;
        this.fx = fx;
    }

    /// Returns which flag it is.
    public Gate gate() {
        return gate;
    }

    /// Returns what to show.
    public ReadOnlyObjectProperty<ToggleFace> face() {
        return face.getReadOnlyProperty();
    }

    /// Takes in the service's latest word and shows it.
    public void refresh() {
        var snapshot = store.state().snapshot();
        var setting = find(snapshot);
        if (snapshot != null && setting != null) {
            progress = settled(progress, snapshot.settings(), setting);
            readAgainIfUnknown();
        }
        show();
    }

    /// Asks to turn the flag: first the service what would happen, then the operator whether it shall.
    public void request() {
        var snapshot = store.state().snapshot();
        var setting = find(snapshot);
        if (snapshot == null || setting == null || !face.get().enabled()) {
            return;
        }
        var seen = snapshot.settings();
        boolean on = !setting.on();
        var target = on ? "1" : "0";
        advance(new Progress.Checking());
        background.execute(() -> {
            try {
                var preview = ops.preview(seen, gate.setting(), target);
                fx.execute(() -> dialogs.ask(question(on, preview), answer -> decided(answer, seen, setting, target)));
            } catch (LinkException e) {
                fx.execute(() -> advance(
                        new Progress.RolledBack("It could not be found out what would happen. " + e.getMessage())));
            }
        });
    }

    /// Turns the flag back after a confirmed change. It is not asked again: undoing is the careful thing to do.
    public void undo() {
        var snapshot = store.state().snapshot();
        if (snapshot != null && progress instanceof Progress.Confirmed done) {
            var back = new Progress.Sent(
                    done.sent().before(),
                    done.sent().target(),
                    snapshot.settings().version());
            send(snapshot.settings(), back, Optional.of("undo"));
        }
    }

    private Question question(boolean on, SettingsPreview preview) {
        return new Question(
                gate.verb(on) + "?",
                gate.meaning(),
                preview.changes().stream().map(SettingsPreview.Change::effect).toList(),
                gate.verb(on),
                Optional.empty(),
                gate.keep(!on),
                true);
    }

    private void decided(Answer answer, SettingsView seen, SettingView setting, String target) {
        if (answer instanceof Answer.Confirmed(var reason)) {
            send(seen, new Progress.Sent(target, setting.value(), seen.version()), reason);
        } else {
            advance(new Progress.Settled());
        }
    }

    private void send(SettingsView seen, Progress.Sent sent, Optional<String> reason) {
        advance(sent);
        background.execute(() -> {
            var outcome = command.send(seen, sent, reason);
            fx.execute(() -> settle(sent, outcome));
        });
    }

    /// The event may have been faster than the answer: then it has the last word.
    private void settle(Progress.Sent sent, Progress outcome) {
        if (sent.equals(progress)) {
            advance(outcome);
            refresh();
        }
    }

    private void readAgainIfUnknown() {
        if (progress instanceof Progress.Unknown(var sent, var reason)
                && !reading
                && store.freshness() == Freshness.LIVE) {
            reading = true;
            background.execute(() -> {
                var outcome = command.readAgain(sent, reason);
                fx.execute(() -> {
                    reading = false;
                    if (progress instanceof Progress.Unknown) {
                        advance(outcome);
                    }
                });
            });
        }
    }

    private Progress settled(Progress now, SettingsView view, SettingView setting) {
        return switch (now) {
            case Progress.Sent sent
            when view.version() > sent.seenVersion() && setting.value().equals(sent.target()) ->
                new Progress.Confirmed(sent, store.now());
            case Progress.Accepted(var sent, var version)
            when view.version() >= version ->
                setting.value().equals(sent.target())
                        ? new Progress.Confirmed(sent, store.now())
                        : new Progress.RolledBack("It was changed again by " + changedBy(setting));
            case Progress.Confirmed done
            when !setting.value().equals(done.sent().target()) -> new Progress.Settled();
            default -> now;
        };
    }

    private void advance(Progress next) {
        progress = next;
        show();
    }

    private void show() {
        var snapshot = store.state().snapshot();
        face.set(ToggleFace.of(snapshot, find(snapshot), progress, store.freshness()));
    }

    private @Nullable SettingView find(@Nullable OpsSnapshot snapshot) {
        return snapshot == null
                ? null
                : snapshot.settings().find(gate.setting()).orElse(null);
    }

    private static String changedBy(SettingView setting) {
        return setting.changedBy() != null ? setting.changedBy() : "the service";
    }
}
