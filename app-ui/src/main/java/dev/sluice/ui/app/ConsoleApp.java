package dev.sluice.ui.app;

import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.ConsoleMemory;
import dev.sluice.ui.fx.ConsoleWindow;
import dev.sluice.ui.fx.FreezeWatch;
import dev.sluice.ui.fx.FxExecutor;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.link.Authorities;
import dev.sluice.ui.link.BundledService;
import dev.sluice.ui.link.DataDirectory;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.link.FixedService;
import dev.sluice.ui.link.ServiceCommand;
import dev.sluice.ui.link.ServiceSource;
import dev.sluice.ui.link.Token;
import dev.sluice.ui.store.Clocks;
import dev.sluice.ui.store.OpsStore;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.jspecify.annotations.Nullable;

/// The JavaFX application: from a command line to a window, and from a closed window to an orderly end.
public final class ConsoleApp extends Application {
    private static final System.Logger LOG = System.getLogger(ConsoleApp.class.getName());
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration FREEZE = Duration.ofMillis(500);

    private final LaunchOptions options = new LaunchOptions();
    private @Nullable HttpClient client;
    private @Nullable BundledService bundled;
    private @Nullable Console console;
    private @Nullable FreezeWatch freezeWatch;

    /// Called by JavaFX.
    public ConsoleApp() {}

    @Override
    public void init() {
        LaunchOptions.parse(options, getParameters().getRaw().toArray(String[]::new));
    }

    @Override
    public void start(Stage stage) throws IOException {
        var directory = Optional.ofNullable(options.dataDir())
                .map(DataDirectory::new)
                .orElseGet(() -> DataDirectory.standard(
                        System.getenv(),
                        System.getProperty("os.name", ""),
                        Path.of(System.getProperty("user.home", "."))));
        var memory = new ConsoleMemory(directory.consoleFile());
        var kept = memory.recall();
        var look = new Appearance(Optional.ofNullable(options.theme()).orElse(kept.theme()), kept.density());
        var http = http();
        client = http;
        var source = source(http, directory);
        var window = new ConsoleWindow(stage, memory, look);
        var store = new OpsStore(Clocks.system());
        var built = new Console(http, source, store, look, this::log, window.width(), window.height());
        console = built;
        stage.setOnCloseRequest(event -> closeRequested(event, built, window));
        window.show(built.scene());
        freezeWatch = new FreezeWatch(FREEZE);
        built.start();
    }

    @Override
    public void stop() {
        if (freezeWatch != null) {
            freezeWatch.close();
        }
        if (console != null) {
            console.close();
        }
        if (client != null) {
            client.shutdownNow();
        }
    }

    private HttpClient http() throws IOException {
        var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(5));
        var ca = options.ca();
        return (ca == null ? http : http.sslContext(Authorities.read(ca))).build();
    }

    private ServiceSource source(HttpClient http, DataDirectory directory) throws IOException {
        var url = options.connect();
        var tokenFile = options.tokenFile();
        if (url != null && tokenFile != null) {
            return new FixedService(new Endpoint(url, Token.read(tokenFile)));
        }
        var service = new BundledService(
                http, directory, ServiceCommand.from(System.getProperties()), options.port(), START_PATIENCE);
        bundled = service;
        return service;
    }

    private List<String> log() {
        return bundled != null
                ? bundled.log().tail()
                : List.of("This console is connected to a service it did not start; its output is where that runs.");
    }

    private void closeRequested(WindowEvent event, Console built, ConsoleWindow window) {
        window.remember();
        var service = bundled;
        if (service == null || !service.startedOne()) {
            return;
        }
        event.consume();
        var question = new Question(
                "Close the console: what about the service?",
                "The console started the service on this machine. It can go on without the console; clients notice"
                        + " nothing, and the next console finds it again.",
                List.of(),
                "Keep it running",
                Optional.of("Stop the service"),
                "Do not close",
                Question.Extras.NONE);
        built.dialogs().ask(question, answer -> {
            switch (answer) {
                case Answer.Confirmed confirmed -> Platform.exit();
                case Answer.Alternative stop -> end(service);
                case Answer.Declined declined -> {
                    // the window stays
                }
            }
        });
    }

    private void end(BundledService service) {
        Thread.ofVirtual().start(() -> {
            try {
                service.stop(STOP_PATIENCE);
            } catch (InterruptedException e) {
                LOG.log(System.Logger.Level.WARNING, "interrupted while the service was ending");
            } finally {
                new FxExecutor().execute(Platform::exit);
            }
        });
    }
}
