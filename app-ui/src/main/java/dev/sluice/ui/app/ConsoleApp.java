package dev.sluice.ui.app;

import dev.sluice.ui.fx.Answer;
import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.ConsoleMemory;
import dev.sluice.ui.fx.FreezeWatch;
import dev.sluice.ui.fx.ModalDialogs;
import dev.sluice.ui.fx.Question;
import dev.sluice.ui.fx.WindowPlace;
import dev.sluice.ui.link.BundledService;
import dev.sluice.ui.store.Clocks;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The console's window, from its opening to its end.
public final class ConsoleApp extends Application {
    /// What [Main] read from the command line; JavaFX makes the application itself, without arguments.
    static final AtomicReference<@Nullable Options> OPTIONS = new AtomicReference<>();

    private static final Duration FREEZE = Duration.ofMillis(500);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(12);
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 820;

    private @Nullable Runnable atEnd;

    /// What the command line said.
    ///
    /// @param place where the console looks for its service
    record Options(ServicePlace place) {}

    @Override
    public void start(Stage stage) {
        Options options = OPTIONS.get();
        if (options == null) {
            throw new IllegalStateException("the console is started by its Main");
        }
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var source = options.place().source(http);
        var memory = new ConsoleMemory(options.place().memory());
        var kept = memory.recall();
        var appearance = new Appearance(options.place().theme().orElse(kept.theme()), kept.density());
        var overlay = new StackPane();
        var dialogs = new ModalDialogs(overlay);
        var console = new Console(http, source, Clocks.system(), appearance, dialogs, overlay);
        var watch = new FreezeWatch(FREEZE);
        var scene = new Scene(console.shell().node(), WIDTH, HEIGHT);
        appearance.dress(scene);
        stage.setTitle("Sluice");
        stage.setMinWidth(880);
        stage.setMinHeight(600);
        stage.setScene(scene);
        place(stage, kept.place());
        atEnd = () -> {
            memory.keep(new ConsoleMemory.Kept(
                    placeOf(stage),
                    appearance.theme().get(),
                    appearance.density().get()));
            watch.close();
            console.close();
        };
        stage.setOnCloseRequest(event -> {
            if (source instanceof BundledService bundled && bundled.startedOne()) {
                event.consume();
                dialogs.ask(farewell(), answer -> leave(answer, bundled));
            }
        });
        console.shell().onShow(scene);
        console.start();
        stage.show();
    }

    @Override
    public void stop() {
        if (atEnd != null) {
            atEnd.run();
        }
    }

    private static Question farewell() {
        return new Question(
                "Close the console?",
                "This console started the service. Clients lose it if it stops; if it goes on, the next console attaches"
                        + " to it.",
                List.of(),
                "Stop service and close",
                Optional.of("Close, keep service running"),
                "Stay",
                false);
    }

    private static void leave(Answer answer, BundledService bundled) {
        switch (answer) {
            case Answer.Declined() -> {
                // stays open
            }
            case Answer.Alternative() -> Platform.exit();
            case Answer.Confirmed _ ->
                Thread.ofVirtual().name("stop-service").start(() -> {
                    try {
                        bundled.stop(STOP_PATIENCE);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Platform.exit();
                });
        }
    }

    private static void place(Stage stage, @Nullable WindowPlace kept) {
        if (kept == null) {
            return;
        }
        var place = kept.rescued(
                Screen.getScreens().stream().map(Screen::getVisualBounds).toList());
        stage.setX(place.x());
        stage.setY(place.y());
        stage.setWidth(place.width());
        stage.setHeight(place.height());
        stage.setMaximized(place.maximized());
    }

    private static WindowPlace placeOf(Stage stage) {
        return new WindowPlace(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized());
    }
}
