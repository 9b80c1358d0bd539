package dev.sluice.ui.overview;

import dev.sluice.ui.fx.Figures;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.controlsfx.control.MasterDetailPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The table of flights and the details of the selected one. The service orders the rows, live ones first; sorting
/// live data under the eyes of its reader would only move what he looks for.
final class FlightTable {
    private static final double ROW_HEIGHT = 28;
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");

    private final TableView<FlightRow> table;
    private final MasterDetailPane split;
    private final FlightDetails details;
    private @Nullable String selectedId;
    private boolean following;

    FlightTable(
            TableView<FlightRow> table,
            MasterDetailPane split,
            ObservableList<FlightRow> rows,
            ObservableValue<String> address) {
        this.table = table;
        this.split = split;
        this.details = new FlightDetails(this::clear);
        split.setDetailNode(details);
        table.setItems(rows);
        table.setFixedCellSize(ROW_HEIGHT);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setPlaceholder(placeholder(address));
        table.getColumns().add(stateColumn());
        table.getColumns().add(column("Age", 84, true, FlightRow::age));
        table.getColumns().add(column("Followers", 84, true, row -> Figures.count(row.followers())));
        table.getColumns().add(column("Listening", 84, true, row -> Figures.count(row.listeners())));
        table.getColumns().add(column("First token", 92, true, FlightRow::firstToken));
        table.getColumns().add(column("Received", 84, true, FlightRow::received));
        table.getColumns().add(column("Provider and model", 200, false, FlightRow::providerAndModel));
        table.getColumns().add(detail(column("Organisation", 120, false, FlightRow::org)));
        table.getColumns().add(detail(column("Thread", 150, false, FlightRow::thread)));
        table.getColumns().add(detail(column("Key", 158, false, FlightRow::key)));
        table.setRowFactory(view -> new Row());
        table.getSelectionModel().selectedItemProperty().subscribe(this::select);
        rows.addListener((ListChangeListener<FlightRow>) change -> follow());
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                clear();
            }
        });
    }

    private void select(@Nullable FlightRow row) {
        if (following) {
            return;
        }
        selectedId = row != null ? row.id() : null;
        show(row);
    }

    /// Keeps the selection on the same flight while rows move and change.
    private void follow() {
        var wanted = selectedId;
        if (wanted == null) {
            return;
        }
        following = true;
        var rows = table.getItems();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id().equals(wanted)) {
                table.getSelectionModel().clearAndSelect(i);
                show(rows.get(i));
                following = false;
                return;
            }
        }
        table.getSelectionModel().clearSelection();
        following = false;
    }

    private void show(@Nullable FlightRow row) {
        if (row != null) {
            details.show(row);
        }
        split.setShowDetailNode(row != null);
    }

    private void clear() {
        table.getSelectionModel().clearSelection();
        select(null);
        table.requestFocus();
    }

    /// A column that makes room while the details say the same.
    private TableColumn<FlightRow, String> detail(TableColumn<FlightRow, String> column) {
        column.visibleProperty().bind(split.showDetailNodeProperty().not());
        return column;
    }

    private static TableColumn<FlightRow, String> column(
            String name, double width, boolean number, Function<FlightRow, String> text) {
        var column = new TableColumn<FlightRow, String>(name);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        column.setPrefWidth(width);
        column.setMinWidth(number ? width : width * 0.8);
        column.setSortable(false);
        column.setReorderable(false);
        if (number) {
            column.getStyleClass().add("number-column");
        }
        return column;
    }

    private static TableColumn<FlightRow, String> stateColumn() {
        var column = column("State", 116, false, row -> row.state().name());
        column.setCellFactory(any -> new StateCell());
        column.setMinWidth(112);
        return column;
    }

    private static VBox placeholder(ObservableValue<String> address) {
        var icon = new FontIcon("fth-wind");
        var title = new Label("Nothing in the air");
        title.getStyleClass().add("empty-title");
        var text = new Label();
        text.textProperty()
                .bind(address.map(url -> "A flight appears here as soon as a client posts a message to "
                        + Objects.requireNonNullElse(url, "the service") + "/api/threads/…/messages"));
        text.getStyleClass().add("empty-text");
        var box = new VBox(icon, title, text);
        box.getStyleClass().add("empty-state");
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private static final class Row extends TableRow<FlightRow> {
        @Override
        protected void updateItem(@Nullable FlightRow row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(ENDED, !empty && row != null && !row.live());
        }
    }

    private static final class StateCell extends TableCell<FlightRow, String> {
        private final FontIcon icon = new FontIcon();

        @Override
        protected void updateItem(@Nullable String name, boolean empty) {
            super.updateItem(name, empty);
            if (empty || name == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            var state = FlightState.valueOf(name);
            icon.setIconLiteral(state.icon());
            icon.getStyleClass().setAll("ikonli-font-icon", "state-icon", state.style());
            setText(state.word());
            setGraphic(icon);
        }
    }
}
