package dev.sluice.ui.senders;

import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Route;
import dev.sluice.ui.parts.Choosing;
import dev.sluice.ui.parts.Columns;
import dev.sluice.ui.parts.EmptyState;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// Wires what waits for an operator: replies of which nobody knows, and batches that could not be handled.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
final class InboxView {
    private final SendersViewModel screen;
    private final Parent root;
    private final Choosing<BatchRow> unknownChoice;
    private final Choosing<BatchRow> quarantinedChoice;
    private @Nullable BatchRow chosen;

    @FXML
    private NoteBar note;

    @FXML
    private Button sent;

    @FXML
    private Button unsent;

    @FXML
    private Button sender;

    @FXML
    private Button session;

    @FXML
    private Button retry;

    @FXML
    private Label blocked;

    @FXML
    private TableView<BatchRow> unknown;

    @FXML
    private TableView<BatchRow> quarantined;

    /// @param openSender shows a sender's details
    InboxView(SendersViewModel screen, Route route, Consumer<String> openSender) {
        this.screen = screen;
        this.root = Fxml.load(this);
        var model = screen.inbox();
        dress(unknown, model.unknown(), "fth-check-circle", "Nothing is unknown", "Every reply was sent, or was not.");
        dress(
                quarantined,
                model.quarantined(),
                "fth-check-circle",
                "Nothing is quarantined",
                "Every batch was handled.");
        this.unknownChoice = new Choosing<>(unknown, BatchRow::id, row -> choose(row, true));
        this.quarantinedChoice = new Choosing<>(quarantined, BatchRow::id, row -> choose(row, false));
        sent.setOnAction(event -> settle(true));
        unsent.setOnAction(event -> settle(false));
        retry.setOnAction(event -> {
            if (chosen != null) {
                model.retry(chosen);
            }
        });
        sender.setOnAction(event -> {
            if (chosen != null) {
                openSender.accept(chosen.batch().senderId());
            }
        });
        session.setOnAction(event -> {
            if (chosen != null) {
                route.open(Place.SESSIONS, chosen.session());
            }
        });
        blocked.textProperty().bind(screen.blocked());
        blocked.visibleProperty().bind(screen.blocked().isNotEmpty());
        blocked.managedProperty().bind(screen.blocked().isNotEmpty());
        screen.blocked().subscribe(why -> show());
        model.note().subscribe(note::show);
    }

    Parent node() {
        return root;
    }

    private void choose(@Nullable BatchRow row, boolean fromUnknown) {
        if (row != null) {
            (fromUnknown ? quarantinedChoice : unknownChoice).clear();
        }
        chosen = row;
        show();
    }

    private void settle(boolean was) {
        if (chosen != null) {
            screen.inbox().settle(chosen, was);
        }
    }

    private void show() {
        var row = chosen;
        boolean free = screen.blocked().get().isEmpty();
        boolean open = free && row != null && "UNKNOWN".equals(row.batch().outcome());
        retry.setDisable(!free || row == null || !row.batch().state().equals("quarantined"));
        sent.setDisable(!open);
        unsent.setDisable(!open);
        sender.setDisable(row == null);
        session.setDisable(row == null || row.session().isEmpty());
    }

    private static void dress(
            TableView<BatchRow> table, ObservableList<BatchRow> rows, String icon, String none, String meaning) {
        Columns.dress(table);
        table.setItems(rows);
        table.setPlaceholder(new EmptyState(icon, none, new ReadOnlyStringWrapper(meaning)));
        table.getColumns().add(Columns.whole("Ended", 136, BatchRow::ended));
        table.getColumns().add(Columns.sign("Outcome", 120, BatchRow::state));
        table.getColumns().add(Columns.whole("Sender", 128, row -> row.batch().address()));
        table.getColumns().add(Columns.text("Texts", 90, BatchRow::texts));
        table.getColumns().add(Columns.text("Verdict", 130, BatchRow::verdict));
        table.getColumns().add(Columns.text("Reply", 150, BatchRow::reply));
        table.getColumns().add(Columns.sentence("Why", 240, BatchRow::why));
    }
}
