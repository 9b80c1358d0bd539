package dev.sluice.ui.fx;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// Runs on the FX thread: at once if that is the caller, else as soon as it is free.
public final class FxExecutor implements Executor {
    @Override
    public void execute(Runnable work) {
        if (Platform.isFxApplicationThread()) {
            work.run();
        } else {
            Platform.runLater(work);
        }
    }
}
