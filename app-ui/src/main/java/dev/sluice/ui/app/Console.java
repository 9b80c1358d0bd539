package dev.sluice.ui.app;

import dev.sluice.model.ops.SettingView;
import dev.sluice.ui.audit.AuditTrailView;
import dev.sluice.ui.audit.AuditTrailViewModel;
import dev.sluice.ui.change.Changes;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.controls.ControlsView;
import dev.sluice.ui.controls.ControlsViewModel;
import dev.sluice.ui.flights.FlightsView;
import dev.sluice.ui.flights.FlightsViewModel;
import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.Dialogs;
import dev.sluice.ui.fx.FxExecutor;
import dev.sluice.ui.fx.ModalDialogs;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.fx.SystemClipboard;
import dev.sluice.ui.link.EventStream;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.link.ReconnectPolicy;
import dev.sluice.ui.link.ServiceSource;
import dev.sluice.ui.link.SessionClient;
import dev.sluice.ui.link.SmsClient;
import dev.sluice.ui.overview.OverviewView;
import dev.sluice.ui.overview.OverviewViewModel;
import dev.sluice.ui.providers.ProvidersView;
import dev.sluice.ui.providers.ProvidersViewModel;
import dev.sluice.ui.senders.SendersView;
import dev.sluice.ui.senders.SendersViewModel;
import dev.sluice.ui.sessions.OpenSessionViewModel;
import dev.sluice.ui.sessions.SessionsView;
import dev.sluice.ui.sessions.SessionsViewModel;
import dev.sluice.ui.shell.ShellActions;
import dev.sluice.ui.shell.ShellView;
import dev.sluice.ui.shell.StatusViewModel;
import dev.sluice.ui.shell.StopViewModel;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;

/// One console, put together: the only place where its parts meet. Confined to the FX thread.
public final class Console implements AutoCloseable {
    private final Pump pump = new Pump();
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;
    private final EventStream stream;
    private final Dialogs dialogs;
    private final ShellView shell;
    private final Scene scene;

    /// Builds a console.
    ///
    /// @param source where the service is
    /// @param store what is known of it
    /// @param log the latest output of the bundled service
    public Console(
            HttpClient http,
            ServiceSource source,
            OpsStore store,
            Appearance look,
            Supplier<List<String>> log,
            double width,
            double height) {
        var viewpoint = new Viewpoint(store);
        this.http = http;
        this.stream = new EventStream(
                http, source, store, ReconnectPolicy.standard(RandomGenerator.getDefault()), Freshness.LOST_AFTER);
        var ops = new OpsClient(http, stream::endpoint, OpsClient.PATIENCE);
        var overlay = new StackPane();
        this.dialogs = new ModalDialogs(overlay);
        var status = new StatusViewModel(store, viewpoint, stream::endpoint);
        var desk = new Desk(ops, store, dialogs, background, new FxExecutor());
        var changes = new Changes(desk);
        var stopping = new StopViewModel(desk, changes.of(StopViewModel.SETTING));
        this.shell = new ShellView(
                status,
                stopping,
                new ShellActions(
                        stream::retryNow,
                        () -> dialogs.showText("Output of the bundled service", log),
                        dialogs,
                        overlay::isVisible,
                        () -> settings(store)),
                screens(desk, changes, viewpoint),
                overlay,
                look);
        this.scene = new Scene(shell.node(), width, height);
        look.dress(scene);
        shell.bindKeys(scene);
        pump.tick(Pump.Rate.CHARTS, status::refresh);
        pump.tick(Pump.Rate.TILES, stopping::refresh);
    }

    private List<Screen> screens(Desk desk, Changes changes, Viewpoint viewpoint) {
        var store = desk.store();
        var clipboard = new SystemClipboard();
        return List.of(
                new OverviewView(new OverviewViewModel(store, viewpoint), pump, this::open),
                new FlightsView(new FlightsViewModel(desk, viewpoint), pump, clipboard, this::open),
                new ProvidersView(new ProvidersViewModel(store, viewpoint), pump),
                new ControlsView(new ControlsViewModel(desk, changes), pump),
                new AuditTrailView(new AuditTrailViewModel(desk, changes), pump, clipboard),
                new SessionsView(sessions(desk, viewpoint), pump, clipboard),
                new SendersView(senders(desk, changes, viewpoint), pump, this::open));
    }

    private SendersViewModel senders(Desk desk, Changes changes, Viewpoint viewpoint) {
        var client = new SmsClient(http, stream::endpoint, OpsClient.PATIENCE);
        var senders = new SendersViewModel(desk, changes, client, viewpoint);
        pump.tick(Pump.Rate.CHARTS, senders::notice);
        return senders;
    }

    private SessionsViewModel sessions(Desk desk, Viewpoint viewpoint) {
        var client = new SessionClient(http, stream::endpoint, OpsClient.PATIENCE);
        var open = new OpenSessionViewModel(
                desk, client, viewpoint, ReconnectPolicy.standard(RandomGenerator.getDefault()), System::nanoTime);
        return new SessionsViewModel(desk, client, viewpoint, open);
    }

    private void open(Place place, String search) {
        shell.open(place, search);
    }

    private static List<SettingView> settings(OpsStore store) {
        var snapshot = store.state().snapshot();
        return snapshot == null ? List.of() : snapshot.settings().settings();
    }

    /// Begins to connect and to draw.
    public void start() {
        stream.start();
        pump.start();
    }

    /// Returns the window's content.
    public Scene scene() {
        return scene;
    }

    /// Returns who asks the operator.
    public Dialogs dialogs() {
        return dialogs;
    }

    /// Disconnects and ceases to draw.
    @Override
    public void close() {
        pump.stop();
        stream.close();
        background.shutdownNow();
    }
}
