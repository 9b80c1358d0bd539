package dev.sluice.ui.sessions;

import dev.sluice.ui.fx.Fxml;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import org.kordamp.ikonli.javafx.FontIcon;

/// Wires the controls that play a session again.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class ReplayBar {
    private final ReplayViewModel model;
    private final Parent root;
    private boolean following;

    @FXML
    private Button play;

    @FXML
    private Button restart;

    @FXML
    private Slider scrub;

    @FXML
    private Label time;

    @FXML
    private ComboBox<String> speed;

    @FXML
    private ToggleButton skipIdle;

    @FXML
    private Button all;

    ReplayBar(ReplayViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
        speed.getItems().setAll(ReplayViewModel.SPEEDS);
        speed.valueProperty().bindBidirectional(model.speed());
        skipIdle.selectedProperty().bindBidirectional(model.skipIdle());
        time.textProperty().bind(model.time());
        play.setOnAction(event -> model.toggle());
        restart.setOnAction(event -> model.restart());
        all.setOnAction(event -> model.showAll());
        all.disableProperty().bind(model.active().not());
        model.playing().subscribe(this::showPlaying);
        model.progress().subscribe(value -> follow(value.doubleValue()));
        scrub.valueProperty().subscribe(value -> scrubbed(value.doubleValue()));
    }

    Parent node() {
        return root;
    }

    private void follow(double progress) {
        following = true;
        scrub.setValue(progress);
        following = false;
    }

    /// Whatever moved the slider, mouse or keys, if it was not the replay itself.
    private void scrubbed(double value) {
        if (!following) {
            model.scrub(value);
        }
    }

    private void showPlaying(boolean playing) {
        play.setText(playing ? "Pause" : "Play");
        play.setGraphic(new FontIcon(playing ? "fth-pause" : "fth-play"));
        play.setAccessibleText(playing ? "Pause the replay" : "Play the session again");
    }
}
