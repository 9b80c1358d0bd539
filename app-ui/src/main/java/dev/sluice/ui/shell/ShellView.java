package dev.sluice.ui.shell;

import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.Density;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.fx.Theme;
import dev.sluice.ui.store.Freshness;
import java.util.List;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Wires the window: navigation to the left, a screen in the middle, the state of the connection around it.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class ShellView {
    private final ShellActions actions;
    private final StatusViewModel model;
    private final StackPane overlay;
    private final StackPane root;
    private final Navigation navigation;
    private final Node waiting;

    @FXML
    private BorderPane frame;

    @FXML
    private VBox navigationBox;

    @FXML
    private VBox content;

    @FXML
    private StackPane screenPane;

    @FXML
    private ScrollPane scroller;

    @FXML
    private Label screenTitle;

    @FXML
    private ToggleButton pause;

    @FXML
    private Button log;

    @FXML
    private RadioMenuItem light;

    @FXML
    private RadioMenuItem dark;

    @FXML
    private RadioMenuItem system;

    @FXML
    private CheckMenuItem compact;

    /// Builds the window's content.
    ///
    /// @param overlay lies over everything while a question is asked
    public ShellView(
            StatusViewModel model, ShellActions actions, List<Screen> screens, StackPane overlay, Appearance look) {
        this.model = model;
        this.actions = actions;
        this.overlay = overlay;
        this.root = (StackPane) Fxml.load(this);
        this.waiting = new WaitingView(model, actions).node();
        this.navigation = new Navigation(screens, navigationBox, this::open);
        root.getChildren().add(overlay);
        screenPane.getChildren().add(waiting);
        content.getChildren().add(1, new BannerView(model, actions).node());
        frame.setBottom(new StatusStripView(model).node());
        pause.setOnAction(event -> model.togglePause());
        log.setOnAction(event -> actions.showLog().run());
        wire(look);
        navigation.select(0);
        model.status().subscribe(this::show);
    }

    /// Returns the content.
    public Parent node() {
        return root;
    }

    /// Binds the keys: Ctrl+1, Ctrl+2 … screens, Ctrl+F find, Ctrl+P pause, Ctrl+L log, Ctrl+R connect now.
    public void bindKeys(Scene scene) {
        for (var place : navigation.places()) {
            key(scene, KeyCode.getKeyCode(place.key()), () -> navigation.select(place));
        }
        key(scene, KeyCode.F, () -> Optional.ofNullable(navigation.shown()).ifPresent(Screen::focusSearch));
        key(scene, KeyCode.P, model::togglePause);
        key(scene, KeyCode.L, actions.showLog());
        key(scene, KeyCode.R, actions.retry());
    }

    /// Opens a screen.
    ///
    /// @param search what to look for there; empty for everything
    public void open(Place place, String search) {
        navigation.select(place);
        Optional.ofNullable(navigation.shown()).ifPresent(screen -> screen.search(search));
    }

    private void key(Scene scene, KeyCode code, Runnable deed) {
        scene.getAccelerators().put(new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN), () -> {
            if (!overlay.isVisible()) {
                deed.run();
            }
        });
    }

    private void open(Screen screen) {
        screenTitle.setText(screen.place().title());
        scroller.setContent(screen.node());
    }

    private void show(Status status) {
        boolean nothingYet = status.freshness() == Freshness.WAITING;
        waiting.setVisible(nothingYet);
        scroller.setVisible(!nothingYet);
        pause.setSelected(status.paused());
        pause.setDisable(nothingYet);
        pause.setText(status.paused() ? "_Resume" : "_Pause");
        pause.setGraphic(new FontIcon(status.paused() ? "fth-play" : "fth-pause"));
        pause.setAccessibleText(status.paused() ? "Resume the figures" : "Pause the figures");
    }

    private void wire(Appearance look) {
        light.setOnAction(event -> look.theme().set(Theme.LIGHT));
        dark.setOnAction(event -> look.theme().set(Theme.DARK));
        system.setOnAction(event -> look.theme().set(Theme.SYSTEM));
        look.theme().subscribe(theme -> theme(theme).setSelected(true));
        compact.setSelected(look.density().get() == Density.COMPACT);
        compact.setOnAction(event -> look.density().set(compact.isSelected() ? Density.COMPACT : Density.COMFORTABLE));
    }

    private RadioMenuItem theme(Theme theme) {
        return switch (theme) {
            case LIGHT -> light;
            case DARK -> dark;
            case SYSTEM -> system;
        };
    }
}
