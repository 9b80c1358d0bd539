package dev.sluice.ui.shell;

import dev.sluice.ui.change.Desk;
import dev.sluice.ui.change.SettingChange;
import dev.sluice.ui.change.Wording;
import dev.sluice.ui.fx.Question;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The big Stop: it holds back whatever leaves, from any screen. Confined to the FX thread.
public final class StopViewModel {
    /// The setting behind it.
    public static final String SETTING = "OUTBOUND";

    private final Desk desk;
    private final SettingChange change;
    private final ReadOnlyObjectWrapper<StopFace> face = new ReadOnlyObjectWrapper<>(this, "face", StopFace.UNKNOWN);

    /// Creates the model.
    ///
    /// @param change the changes of [#SETTING]
    public StopViewModel(Desk desk, SettingChange change) {
        this.desk = desk;
        this.change = change;
        change.progress().subscribe(this::show);
    }

    ReadOnlyObjectProperty<StopFace> face() {
        return face.getReadOnlyProperty();
    }

    /// Takes in the service's latest word.
    public void refresh() {
        change.refresh();
        show();
    }

    /// Asks to stop everything that leaves; the operator has to act twice.
    public void stop() {
        if (!face.get().halted()) {
            change.propose(
                    "stop",
                    new Wording(
                            "Stop everything that leaves?",
                            "Clients' messages are still taken in, but no provider is called and no SMS is sent until"
                                    + " somebody lets traffic go on.",
                            "Stop everything",
                            "Let it flow",
                            new Question.Extras(true, "", true, "STOP")));
        }
    }

    /// Asks to let traffic go on.
    public void resume() {
        if (!face.get().flowing()) {
            change.propose(
                    "on",
                    new Wording(
                            "Let traffic go on?",
                            "Providers are called and replies are sent again, beginning with what waits.",
                            "Let traffic go on",
                            "Keep it held back",
                            Question.Extras.REASON));
        }
    }

    private void show() {
        face.set(StopFace.of(change, desk.store().serviceNow()));
    }
}
