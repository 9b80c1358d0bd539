package dev.sluice.ui.shell;

import dev.sluice.ui.change.SettingChange;
import dev.sluice.ui.fx.Appearance;
import dev.sluice.ui.fx.Choice;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.store.Freshness;
import java.util.List;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Wires the window: navigation to the left, a screen in the middle, the state of the connection around it.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class ShellView {
    private final StackPane root;
    private final Navigation navigation;
    private final Deeds deeds;
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
    private Label stopWhy;

    @FXML
    private Button stop;

    @FXML
    private ToggleButton pause;

    @FXML
    private Button palette;

    @FXML
    private Button log;

    @FXML
    private MenuButton looks;

    /// Builds the window's content.
    ///
    /// @param overlay lies over everything while a question is asked
    public ShellView(
            StatusViewModel model,
            StopViewModel stopping,
            ShellActions actions,
            List<Screen> screens,
            StackPane overlay,
            Appearance look) {
        this.root = (StackPane) Fxml.load(this);
        this.waiting = new WaitingView(model, actions).node();
        this.navigation = new Navigation(screens, navigationBox, this::show);
        this.deeds = new Deeds(actions, model, stopping, this::open, look, this::focusSearch, this::choices);
        root.getChildren().add(overlay);
        screenPane.getChildren().add(waiting);
        content.getChildren().add(1, new OutboundBannerView(stopping).node());
        content.getChildren().add(1, new BannerView(model, actions).node());
        frame.setBottom(new StatusStripView(model, () -> open(Place.OVERVIEW, "")).node());
        pause.setOnAction(event -> model.togglePause());
        stop.setOnAction(event -> stopping.stop());
        palette.setOnAction(event -> deeds.openPalette());
        log.setOnAction(event -> actions.showLog().run());
        LooksMenu.fill(looks, look);
        navigation.select(0);
        model.status().subscribe(this::show);
        stopping.face().subscribe(this::show);
    }

    /// Returns the content.
    public Parent node() {
        return root;
    }

    /// Binds the keys; F1 shows them all.
    public void bindKeys(Scene scene) {
        deeds.bind(scene, deeds::openPalette);
    }

    /// Opens a screen.
    ///
    /// @param search what to look for there; empty for what was looked for before
    public void open(Place place, String search) {
        navigation.select(place);
        if (!search.isEmpty()) {
            Optional.ofNullable(navigation.shown()).ifPresent(screen -> screen.search(search));
        }
    }

    private List<Choice> choices() {
        return Optional.ofNullable(navigation.shown()).map(Screen::choices).orElse(List.of());
    }

    private void focusSearch() {
        Optional.ofNullable(navigation.shown()).ifPresent(Screen::focusSearch);
    }

    private void show(Screen screen) {
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

    private void show(StopFace face) {
        var why = face.halted() ? "Stopped already" : face.blocked();
        stop.setDisable(!why.isEmpty());
        stop.setText(face.halted() ? "Stopped" : "_Stop…");
        stopWhy.setText(why);
        stopWhy.setTooltip(new Tooltip(why));
        boolean told = !why.isEmpty() && !face.halted() && !why.equals(SettingChange.WAITING);
        stopWhy.setVisible(told);
        stopWhy.setManaged(told);
    }
}
