package dev.sluice.ui.providers;

import dev.sluice.ui.change.Mood;
import dev.sluice.ui.change.Note;
import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Meter;
import dev.sluice.ui.fx.SmallFigure;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.javafx.FontIcon;

/// Wires one provider's card.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class ProviderCard {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final Parent root;
    private final List<SmallFigure> figures = new ArrayList<>();

    @FXML
    private Label name;

    @FXML
    private Label model;

    @FXML
    private Label kind;

    @FXML
    private FontIcon kindIcon;

    @FXML
    private Label preferred;

    @FXML
    private Label slots;

    @FXML
    private Meter meter;

    @FXML
    private NoteBar throttled;

    @FXML
    private NoteBar alarm;

    @FXML
    private FlowPane numbers;

    @FXML
    private Label failure;

    ProviderCard() {
        this.root = Fxml.load(this);
    }

    Parent node() {
        return root;
    }

    void show(ProviderFace face) {
        name.setText(face.name());
        model.setText(face.model());
        kind.setText(face.kind());
        kindIcon.setIconLiteral(face.simulated() ? "fth-cpu" : "fth-globe");
        show(preferred, face.preferred());
        slots.setText(face.slots());
        var load = face.load();
        meter.show(load.inUse(), load.allowed(), load.configured(), face.slots());
        throttled.show(new Note(face.throttled(), Mood.BAD));
        alarm.show(new Note(face.alarm(), Mood.BAD));
        failure.setText(face.failure());
        show(failure, !face.failure().isEmpty());
        for (int i = 0; i < face.figures().size(); i++) {
            show(i, face.figures().get(i));
        }
    }

    void setStale(boolean stale) {
        figures.forEach(figure -> figure.setStale(stale));
        root.pseudoClassStateChanged(STALE, stale);
    }

    private void show(int index, ProviderFace.Figure figure) {
        while (figures.size() <= index) {
            var added = new SmallFigure();
            figures.add(added);
            numbers.getChildren().add(added);
        }
        var shown = figures.get(index);
        shown.setTitle(figure.name());
        shown.setMeaning(figure.meaning());
        shown.valueProperty().set(figure.value());
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
