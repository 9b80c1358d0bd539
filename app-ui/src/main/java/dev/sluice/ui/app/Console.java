package dev.sluice.ui.app;

import dev.sluice.ui.controls.ControlsView;
import dev.sluice.ui.controls.ControlsViewModel;
import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.Dialogs;
import dev.sluice.ui.fx.FxExecutor;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.link.BundledService;
import dev.sluice.ui.link.EventStream;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.link.ReconnectPolicy;
import dev.sluice.ui.link.ServiceSource;
import dev.sluice.ui.overview.OverviewView;
import dev.sluice.ui.overview.OverviewViewModel;
import dev.sluice.ui.shell.ShellView;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import javafx.scene.layout.StackPane;

/// The console's parts, put together by hand. Confined to the FX thread.
public final class Console implements AutoCloseable {
    private final OpsStore store;
    private final EventStream stream;
    private final Pump pump = new Pump();
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final ShellView shell;

    /// Puts the console together; nothing happens before [#start].
    ///
    /// @param overlay where `dialogs` appear
    public Console(
            HttpClient http,
            ServiceSource source,
            Clocks clocks,
            Appearance appearance,
            Dialogs dialogs,
            StackPane overlay) {
        store = new OpsStore(clocks);
        stream = new EventStream(
                http, source, store, ReconnectPolicy.standard(RandomGenerator.getDefault()), Freshness.LOST_AFTER);
        var viewpoint = new Viewpoint(store);
        var ops = new OpsClient(http, stream::endpoint, OpsClient.PATIENCE);
        var controls = new ControlsViewModel(ops, store, dialogs, background, new FxExecutor());
        Optional<Runnable> showLog = source instanceof BundledService bundled
                ? Optional.of(() -> dialogs.showText("Service log", bundled.log()::tail))
                : Optional.empty();
        shell = new ShellView(
                List.of(
                        new OverviewView(new OverviewViewModel(store, viewpoint), pump),
                        new ControlsView(controls, pump)),
                store,
                viewpoint,
                pump,
                appearance,
                overlay,
                showLog);
    }

    /// Begins to connect and to draw.
    public void start() {
        stream.start();
        pump.start();
    }

    /// Returns the frame.
    public ShellView shell() {
        return shell;
    }

    /// Returns what the console knows.
    public OpsStore store() {
        return store;
    }

    @Override
    public void close() {
        shell.onHide();
        pump.stop();
        stream.close();
        background.shutdownNow();
    }
}
