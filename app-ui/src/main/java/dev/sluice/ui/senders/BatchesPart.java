package dev.sluice.ui.senders;

import dev.sluice.model.sms.BatchView;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Route;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The sender's latest batches: what they were taken for, what was answered, and why.
final class BatchesPart {
    private static final List<String> LABELS = List.of("AGREE", "DISAGREE", "NEUTRAL", "UNSURE");

    private final VBox box;
    private final SenderDetailViewModel model;
    private final Route route;
    private List<BatchView> shown = List.of();
    private String blocked = "";

    BatchesPart(VBox box, SenderDetailViewModel model, Route route) {
        this.box = box;
        this.model = model;
        this.route = route;
    }

    void show(List<BatchView> batches) {
        if (batches.equals(shown)
                && blocked.equals(model.blocked())
                && !box.getChildren().isEmpty()) {
            return;
        }
        shown = batches;
        blocked = model.blocked();
        var done = batches.stream()
                .filter(batch -> !batch.state().equals("open") && !batch.state().equals("held"))
                .map(BatchRow::of)
                .map(this::entry)
                .toList();
        if (done.isEmpty()) {
            box.getChildren().setAll(muted("None yet"));
        } else {
            box.getChildren().setAll(done);
        }
    }

    private VBox entry(BatchRow row) {
        var state = new Label(row.state().word(), new FontIcon(row.state().icon()));
        state.getGraphic().getStyleClass().addAll("state-icon", row.state().style());
        state.getStyleClass().add("batch-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        var what = muted("#" + row.batch().number() + " · " + row.texts() + " · " + row.ended());
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        var head = new HBox(state, what);
        head.getStyleClass().add("part-line");
        var told = new Label((row.judged() ? row.verdict() + " · " + row.method() + " · " : "") + row.reply());
        told.setWrapText(true);
        told.setMinHeight(Region.USE_PREF_SIZE);
        var entry = new VBox(head, told);
        entry.getStyleClass().add("batch-entry");
        if (!row.why().isEmpty()) {
            entry.getChildren().add(muted(row.why()));
        }
        entry.getChildren().add(new HBox(6, session(row), relabel(row)));
        return entry;
    }

    private static Label muted(String words) {
        var label = new Label(words);
        label.getStyleClass().add("card-summary");
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private Button session(BatchRow row) {
        var button = new Button("Open session", new FontIcon("fth-film"));
        button.setAccessibleText("Open the session of batch " + row.batch().number());
        button.setTooltip(new Tooltip("Read or play again how this batch was handled, event by event"));
        button.setDisable(row.session().isEmpty());
        button.setOnAction(event -> route.open(Place.SESSIONS, row.session()));
        return button;
    }

    private MenuButton relabel(BatchRow row) {
        var menu = new MenuButton("Relabel");
        menu.setAccessibleText("Correct the label of batch " + row.batch().number());
        menu.setTooltip(new Tooltip("Correct what the batch was taken for; what was answered was answered"));
        menu.setDisable(!blocked.isEmpty() || !row.judged());
        LABELS.stream().filter(label -> !label.equals(row.batch().label())).forEach(label -> {
            var item = new MenuItem(label);
            item.setOnAction(event -> model.relabel(row.id(), label));
            menu.getItems().add(item);
        });
        return menu;
    }
}
