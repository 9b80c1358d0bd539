package dev.sluice.ui.overview;

import dev.sluice.ui.fx.Figures;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The selected flight in real text that can be selected and copied.
final class FlightDetails extends VBox {
    private final Map<String, TextField> fields = new LinkedHashMap<>();
    private final GridPane grid = new GridPane();
    private final TextArea failure = new TextArea();
    private final VBox failureBox;

    FlightDetails(Runnable close) {
        getStyleClass().add("flight-details");
        var title = new Label("Flight");
        title.getStyleClass().add("card-title");
        var spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        var closer = new Button(null, new FontIcon("fth-x"));
        closer.getStyleClass().addAll("flat", "button-icon");
        closer.setAccessibleText("Close the details");
        closer.setTooltip(new Tooltip("Close the details (Esc)"));
        closer.setOnAction(event -> close.run());
        var head = new HBox(title, spring, closer);
        head.getStyleClass().add("card-head");
        grid.getStyleClass().add("detail-grid");
        failure.setEditable(false);
        failure.setWrapText(true);
        failure.setPrefRowCount(3);
        failure.setAccessibleText("Why it failed");
        failure.setTooltip(new Tooltip("Why the flight failed"));
        var caption = new Label("Why it failed", new FontIcon("fth-alert-triangle"));
        caption.getStyleClass().add("failure-caption");
        caption.setLabelFor(failure);
        failureBox = new VBox(caption, failure);
        failureBox.getStyleClass().add("failure-box");
        getChildren().addAll(head, grid, failureBox);
    }

    void show(FlightRow row) {
        put("State", row.state().word());
        put("Age", row.age());
        put("First token", row.firstToken());
        put("Followers", Figures.count(row.followers()));
        put("Listening", Figures.count(row.listeners()));
        put("Received", row.received());
        put("Provider", row.provider());
        put("Model", row.model());
        put("Organisation", row.org());
        put("Thread", row.thread());
        put("Key", row.key());
        put("Flight id", row.id());
        failure.setText(row.failure());
        boolean failed = !row.failure().isEmpty();
        failureBox.setVisible(failed);
        failureBox.setManaged(failed);
    }

    private void put(String name, String text) {
        var field = fields.computeIfAbsent(name, this::add);
        if (!field.getText().equals(text)) {
            field.setText(text);
        }
    }

    private TextField add(String name) {
        var label = new Label(name);
        label.getStyleClass().add("detail-name");
        label.setMinWidth(Region.USE_PREF_SIZE);
        var field = new TextField();
        field.setEditable(false);
        field.getStyleClass().add("detail-value");
        field.setAccessibleText(name);
        field.setTooltip(new Tooltip(name + " of the selected flight"));
        GridPane.setHgrow(field, Priority.ALWAYS);
        grid.addRow(fields.size(), label, field);
        return field;
    }
}
