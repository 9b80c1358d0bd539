package dev.sluice.ui.shell;

import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.Density;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The window's frame: navigation, the screen in sight, what concerns all screens, and the status strip.
public final class ShellView {
    private final List<Screen> screens;
    private final OpsStore store;
    private final Viewpoint viewpoint;
    private final Pump pump;
    private final Appearance appearance;
    private final Optional<Runnable> showLog;
    private final Label title = new Label();
    private final StatusStrip strip = new StatusStrip();
    private final ToggleGroup navigation = new ToggleGroup();
    private final StackPane host = new StackPane();
    private final Button pause = new Button();
    private final StackPane root;
    private @Nullable Screen current;
    private Subscription beating = Subscription.EMPTY;

    /// Builds the frame.
    ///
    /// @param overlay where dialogs appear, above everything else
    /// @param showLog shows the bundled service's log; empty if there is none
    public ShellView(
            List<Screen> screens,
            OpsStore store,
            Viewpoint viewpoint,
            Pump pump,
            Appearance appearance,
            StackPane overlay,
            Optional<Runnable> showLog) {
        this.screens = List.copyOf(screens);
        this.store = store;
        this.viewpoint = viewpoint;
        this.pump = pump;
        this.appearance = appearance;
        this.showLog = showLog;
        var frame = new BorderPane(host);
        var middle = new VBox(topBar(), host);
        VBox.setVgrow(host, Priority.ALWAYS);
        frame.setCenter(middle);
        frame.setLeft(navigation());
        frame.setBottom(strip);
        root = new StackPane(frame, overlay);
    }

    /// Returns the window's content.
    public Parent node() {
        return root;
    }

    /// Shows the first screen and begins to beat; binds the keys of the scene.
    public void onShow(Scene scene) {
        for (int i = 0; i < screens.size(); i++) {
            var screen = screens.get(i);
            scene.getAccelerators()
                    .put(
                            new KeyCodeCombination(KeyCode.valueOf("DIGIT" + (i + 1)), KeyCombination.SHORTCUT_DOWN),
                            () -> open(screen));
        }
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.P, KeyCombination.SHORTCUT_DOWN), this::turnPause);
        beating = pump.tick(Pump.Rate.CHARTS, this::refresh);
        open(screens.getFirst());
        navigation.getToggles().stream()
                .filter(Node.class::isInstance)
                .map(Node.class::cast)
                .findFirst()
                .ifPresent(Node::requestFocus);
    }

    /// Releases what it follows.
    public void onHide() {
        beating.unsubscribe();
        beating = Subscription.EMPTY;
        if (current != null) {
            current.onHide();
            current = null;
        }
    }

    /// Shows a screen instead of the one in sight.
    public void open(Screen screen) {
        if (screen.equals(current)) {
            return;
        }
        if (current != null) {
            current.onHide();
        }
        current = screen;
        host.getChildren().setAll(screen.node());
        title.setText(screen.title());
        navigation.getToggles().stream()
                .filter(toggle -> screen.equals(toggle.getUserData()))
                .forEach(toggle -> toggle.setSelected(true));
        screen.onShow();
    }

    private void refresh() {
        strip.show(StatusFace.of(
                store.state(),
                store.freshness(),
                store.silence(),
                store.now(),
                viewpoint.unseen(),
                viewpoint.paused()));
    }

    private VBox navigation() {
        var name = new Label("Sluice");
        name.getStyleClass().add("brand-name");
        var brand = new HBox(new FontIcon("fth-layers"), name);
        brand.getStyleClass().add("brand");
        var bar = new VBox(brand);
        bar.getStyleClass().add("navigation");
        for (int i = 0; i < screens.size(); i++) {
            bar.getChildren().add(navigationButton(screens.get(i), i + 1));
        }
        var spring = new Region();
        VBox.setVgrow(spring, Priority.ALWAYS);
        bar.getChildren().add(spring);
        showLog.ifPresent(show ->
                bar.getChildren().add(tool("Service log", "fth-terminal", "What the bundled service wrote", show)));
        return bar;
    }

    private ToggleButton navigationButton(Screen screen, int number) {
        var button = new ToggleButton(screen.title(), new FontIcon(screen.icon()));
        button.getStyleClass().setAll("nav-button");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setUserData(screen);
        button.setToggleGroup(navigation);
        button.setAccessibleText(screen.title());
        button.setTooltip(new Tooltip(screen.title() + " (Ctrl+" + number + ")"));
        button.setOnAction(event -> {
            button.setSelected(true);
            open(screen);
        });
        return button;
    }

    private HBox topBar() {
        title.getStyleClass().add("screen-title");
        var spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        pause.setOnAction(event -> turnPause());
        facePause();
        var bar = new HBox(
                title,
                spring,
                pause,
                tool("Theme", "fth-sun", "Switch between light and dark", this::turnTheme),
                tool("Density", "fth-menu", "Switch between comfortable and compact", this::turnDensity));
        bar.getStyleClass().add("top-bar");
        return bar;
    }

    private void turnPause() {
        if (viewpoint.paused()) {
            viewpoint.resume();
        } else {
            viewpoint.pause();
        }
        facePause();
        refresh();
    }

    private void facePause() {
        boolean paused = viewpoint.paused();
        pause.setText(paused ? "Resume" : "Pause");
        pause.setGraphic(new FontIcon(paused ? "fth-play" : "fth-pause"));
        pause.setAccessibleText(paused ? "Resume: follow the service again" : "Pause: keep the figures as they are");
        pause.setTooltip(
                new Tooltip((paused ? "Follow the service again" : "Keep the figures as they are") + " (Ctrl+P)"));
    }

    private void turnTheme() {
        appearance.theme().set(appearance.dark() ? Theme.LIGHT : Theme.DARK);
    }

    private void turnDensity() {
        boolean compact = appearance.density().get() == Density.COMPACT;
        appearance.density().set(compact ? Density.COMFORTABLE : Density.COMPACT);
    }

    private static Button tool(String name, String icon, String meaning, Runnable deed) {
        var button = new Button(name, new FontIcon(icon));
        button.getStyleClass().add("flat");
        button.setAccessibleText(name + ": " + meaning);
        button.setTooltip(new Tooltip(meaning));
        button.setOnAction(event -> deed.run());
        return button;
    }
}
