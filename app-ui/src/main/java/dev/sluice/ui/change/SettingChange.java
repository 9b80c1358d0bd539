package dev.sluice.ui.change;

import dev.sluice.model.ops.SettingView;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.link.LinkException;
import dev.sluice.ui.store.Freshness;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The changes of one setting, whoever on screen asks for them: proposed, asked with what would happen, pending until
/// the service's own event confirms, undoable. Confined to the FX thread.
public final class SettingChange {
    /// What stands in the way while an earlier change is under way.
    public static final String WAITING = "Waiting for the service";

    private final String name;
    private final Desk desk;
    private final SettingCommand command;
    private final ReadOnlyObjectWrapper<Progress> progress =
            new ReadOnlyObjectWrapper<>(this, "progress", new Progress.Settled());
    private boolean reading;

    SettingChange(String name, Desk desk) {
        this.name = name;
        this.desk = desk;
        this.command = new SettingCommand(desk.ops(), name);
    }

    /// Returns how far the latest change has come.
    public ReadOnlyObjectProperty<Progress> progress() {
        return progress.getReadOnlyProperty();
    }

    /// Returns the setting as the service told it last; empty if it does not know it.
    public Optional<SettingView> setting() {
        return settings().flatMap(view -> view.find(name));
    }

    /// Returns the value to show: what was asked for while that is pending, else the service's word.
    public String shownValue() {
        return switch (progress.get()) {
            case Progress.Sent sent -> sent.target();
            case Progress.Accepted(var sent, var version) -> sent.target();
            case Progress.Unknown(var sent, var reason) -> sent.target();
            default -> setting().map(SettingView::value).orElse("");
        };
    }

    /// Returns why it cannot be changed now; empty if it can.
    public String blocked() {
        var obstacle = desk.obstacle();
        if (!obstacle.isEmpty()) {
            return obstacle;
        }
        if (setting().isEmpty()) {
            return "This service has no setting " + name + ".";
        }
        return progress.get().busy() ? WAITING : "";
    }

    /// Returns whether the last change can be taken back.
    public boolean undoable() {
        return progress.get() instanceof Progress.Confirmed && desk.obstacle().isEmpty();
    }

    /// Takes in the service's latest word.
    public void refresh() {
        settings()
                .ifPresent(view -> view.find(name).ifPresent(setting -> {
                    progress.set(settled(progress.get(), view, setting));
                    readAgainIfUnknown();
                }));
    }

    /// Asks for a change: first the service what would happen, then the operator whether it shall.
    public void propose(String target, Wording wording) {
        var seen = settings().orElse(null);
        var before = setting().map(SettingView::value).orElse(null);
        if (seen == null || before == null || !blocked().isEmpty()) {
            return;
        }
        progress.set(new Progress.Checking());
        desk.background().execute(() -> {
            try {
                var preview = desk.ops().preview(seen, name, target);
                desk.fx().execute(() -> ask(preview, wording, new Progress.Sent(target, before, seen.version()), seen));
            } catch (LinkException e) {
                desk.fx()
                        .execute(() -> progress.set(new Progress.RolledBack(
                                "It could not be found out what would happen. " + e.getMessage())));
            }
        });
    }

    /// Takes back a confirmed change. It is not asked again: undoing is the careful thing to do.
    public void undo() {
        if (progress.get() instanceof Progress.Confirmed(var sent, var at)) {
            settings()
                    .ifPresent(seen -> send(
                            seen,
                            new Progress.Sent(sent.before(), sent.target(), seen.version()),
                            new Answer.Confirmed(Optional.of("undo"), Optional.empty())));
        }
    }

    private void ask(SettingsPreview preview, Wording wording, Progress.Sent sent, SettingsView seen) {
        if (preview.changes().isEmpty()) {
            progress.set(new Progress.RolledBack("It is " + sent.before() + " already"));
            return;
        }
        var question = new Question(
                wording.title(),
                wording.text(),
                Effects.of(preview),
                wording.verb(),
                Optional.empty(),
                wording.keep(),
                wording.extras());
        desk.dialogs().ask(question, answer -> {
            if (answer instanceof Answer.Confirmed confirmed) {
                send(seen, sent, confirmed);
            } else {
                progress.set(new Progress.Settled());
            }
        });
    }

    private void send(SettingsView seen, Progress.Sent sent, Answer.Confirmed how) {
        progress.set(sent);
        desk.background().execute(() -> {
            var outcome = command.send(seen, sent, how);
            desk.fx().execute(() -> settle(sent, outcome));
        });
    }

    /// The event may have been faster than the answer: then it has the last word.
    private void settle(Progress.Sent sent, Progress outcome) {
        if (sent.equals(progress.get())) {
            progress.set(outcome);
            refresh();
        }
    }

    private void readAgainIfUnknown() {
        if (progress.get() instanceof Progress.Unknown(var sent, var reason)
                && !reading
                && desk.store().freshness() == Freshness.LIVE) {
            reading = true;
            desk.background().execute(() -> {
                var outcome = command.readAgain(sent, reason);
                desk.fx().execute(() -> {
                    reading = false;
                    if (progress.get() instanceof Progress.Unknown) {
                        progress.set(outcome);
                    }
                });
            });
        }
    }

    private Progress settled(Progress now, SettingsView view, SettingView setting) {
        var rule = new ValueRule(setting);
        return switch (now) {
            case Progress.Sent sent
            when view.version() > sent.seenVersion() && rule.same(setting.value(), sent.target()) ->
                new Progress.Confirmed(sent, desk.store().now());
            case Progress.Accepted(var sent, var version)
            when view.version() >= version ->
                rule.same(setting.value(), sent.target())
                        ? new Progress.Confirmed(sent, desk.store().now())
                        : new Progress.RolledBack("It was changed again by "
                                + Objects.requireNonNullElse(setting.changedBy(), "the service"));
            case Progress.Confirmed done
            when !rule.same(setting.value(), done.sent().target()) -> new Progress.Settled();
            default -> now;
        };
    }

    private Optional<SettingsView> settings() {
        return Optional.ofNullable(desk.store().state().snapshot()).map(snapshot -> snapshot.settings());
    }

    /// Returns what became of the latest change, as a sentence.
    public Note note() {
        return Effects.note(progress.get());
    }
}
