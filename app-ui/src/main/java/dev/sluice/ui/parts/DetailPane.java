package dev.sluice.ui.parts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The selected thing in real text that can be selected and copied, and what can be done with it.
public final class DetailPane extends VBox {
    private final Map<String, TextField> fields = new LinkedHashMap<>();
    private final GridPane grid = new GridPane();
    private final Label title = new Label();
    private final TextArea failure = new TextArea();
    private final VBox failureBox;
    private final FlowPane deeds = new FlowPane();
    private final Label obstacle = new Label(null, new FontIcon("fth-lock"));

    /// Creates an empty pane.
    public DetailPane(Runnable close) {
        getStyleClass().add("flight-details");
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
        failureBox = failureBox();
        deeds.getStyleClass().add("detail-deeds");
        var scroller = new ScrollPane(new VBox(failureBox, grid));
        scroller.setFitToWidth(true);
        scroller.setFocusTraversable(false);
        scroller.getStyleClass().add("screen-scroller");
        scroller.setAccessibleText("Details");
        VBox.setVgrow(scroller, Priority.ALWAYS);
        obstacle.getStyleClass().addAll("setting-blocked", "detail-obstacle");
        obstacle.setWrapText(true);
        obstacle.setMinHeight(Region.USE_PREF_SIZE);
        explain("");
        getChildren().addAll(head, deeds, obstacle, scroller);
        fail("");
    }

    /// Adds something that can be done.
    public void addDeed(Button deed) {
        deeds.getChildren().add(deed);
    }

    /// Says why something cannot be done; empty if everything can.
    public void explain(String why) {
        obstacle.setText(why);
        obstacle.setVisible(!why.isEmpty());
        obstacle.setManaged(!why.isEmpty());
    }

    /// Shows something.
    ///
    /// @param kind what it is
    /// @param why why it failed; empty unless it did
    public void show(String kind, List<Detail> details, String why) {
        title.setText(kind);
        var names = details.stream().map(Detail::name).toList();
        if (!names.equals(List.copyOf(fields.keySet()))) {
            fields.clear();
            grid.getChildren().clear();
        }
        details.forEach(this::put);
        fail(why);
    }

    private void fail(String why) {
        if (!failure.getText().equals(why)) {
            failure.setText(why);
        }
        failureBox.setVisible(!why.isEmpty());
        failureBox.setManaged(!why.isEmpty());
    }

    private VBox failureBox() {
        failure.setEditable(false);
        failure.setWrapText(true);
        failure.setPrefRowCount(2);
        failure.setAccessibleText("Why it failed");
        failure.setTooltip(new Tooltip("Why it failed"));
        var caption = new Label("Why it failed", new FontIcon("fth-alert-triangle"));
        caption.getStyleClass().add("failure-caption");
        caption.setLabelFor(failure);
        var box = new VBox(caption, failure);
        box.getStyleClass().add("failure-box");
        return box;
    }

    private void put(Detail detail) {
        var field = fields.computeIfAbsent(detail.name(), this::add);
        if (!field.getText().equals(detail.text())) {
            field.setText(detail.text());
        }
        field.getTooltip().setText(detail.name() + ": " + detail.text());
    }

    private TextField add(String name) {
        var label = new Label(name);
        label.getStyleClass().add("detail-name");
        label.setMinWidth(Region.USE_PREF_SIZE);
        var field = new TextField();
        field.setEditable(false);
        field.getStyleClass().add("detail-value");
        field.setAccessibleText(name);
        field.setTooltip(new Tooltip(name));
        GridPane.setHgrow(field, Priority.ALWAYS);
        grid.addRow(fields.size(), label, field);
        return field;
    }
}
