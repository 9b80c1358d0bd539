package dev.sluice.ui.sessions;

import dev.sluice.ui.fx.Fxml;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.TextField;

/// Wires what the operator looks for among the sessions.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class SessionFilterBar {
    private final SessionsViewModel model;
    private final Parent root;

    @FXML
    private TextField text;

    @FXML
    private ComboBox<String> kind;

    @FXML
    private ComboBox<String> state;

    @FXML
    private ComboBox<String> outcome;

    @FXML
    private TextField org;

    @FXML
    private DatePicker from;

    @FXML
    private DatePicker to;

    @FXML
    private Button find;

    @FXML
    private Button clear;

    SessionFilterBar(SessionsViewModel model) {
        this.model = model;
        this.root = Fxml.load(this);
        bind(model.filters());
    }

    Parent node() {
        return root;
    }

    void focus() {
        text.requestFocus();
    }

    private void bind(SessionFilters filters) {
        kind.getItems().setAll(SessionFilters.KINDS);
        state.getItems().setAll(SessionFilters.STATES);
        outcome.getItems().setAll(SessionFilters.OUTCOMES);
        kind.valueProperty().bindBidirectional(filters.kind);
        state.valueProperty().bindBidirectional(filters.state);
        outcome.valueProperty().bindBidirectional(filters.outcome);
        text.textProperty().bindBidirectional(filters.text);
        org.textProperty().bindBidirectional(filters.org);
        from.valueProperty().bindBidirectional(filters.from);
        to.valueProperty().bindBidirectional(filters.to);
        List.of(kind, state, outcome).forEach(box -> box.setOnAction(event -> model.reload()));
        List.of(text, org).forEach(field -> field.setOnAction(event -> model.reload()));
        List.of(from, to).forEach(picker -> picker.setOnAction(event -> model.reload()));
        find.setOnAction(event -> model.reload());
        clear.setOnAction(event -> {
            filters.clear();
            model.reload();
        });
    }
}
