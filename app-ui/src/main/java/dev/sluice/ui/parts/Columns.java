package dev.sluice.ui.parts;

import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// The columns of the console's tables: steady, neither sorted nor moved, for the service orders the rows.
public final class Columns {
    private static final double ROW_HEIGHT = 28;

    private Columns() {}

    /// Has a table look like the others.
    public static void dress(TableView<?> table) {
        table.setFixedCellSize(ROW_HEIGHT);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    }

    /// Makes a column of words.
    public static <R> TableColumn<R, String> text(String name, double width, Function<R, String> text) {
        var column = new TableColumn<R, String>(name);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        return steady(column, width, width * 0.8);
    }

    /// Makes a column of words that are never cut.
    public static <R> TableColumn<R, String> whole(String name, double width, Function<R, String> text) {
        TableColumn<R, String> column = text(name, width, text);
        column.setMinWidth(width);
        return column;
    }

    /// Makes a column of sentences that may be longer than it: the tooltip has them in full.
    public static <R> TableColumn<R, String> sentence(String name, double width, Function<R, String> text) {
        TableColumn<R, String> column = text(name, width, text);
        column.setCellFactory(any -> new SentenceCell<>());
        return column;
    }

    /// Makes a column of figures, which stand to the right.
    public static <R> TableColumn<R, String> number(String name, double width, Function<R, String> text) {
        TableColumn<R, String> column = whole(name, width, text);
        column.getStyleClass().add("number-column");
        return column;
    }

    /// Makes a column of signs.
    public static <R> TableColumn<R, Sign> sign(String name, double width, Function<R, Sign> sign) {
        var column = new TableColumn<R, Sign>(name);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(sign.apply(cell.getValue())));
        column.setCellFactory(any -> new SignCell<>());
        return steady(column, width, width);
    }

    private static <R, T> TableColumn<R, T> steady(TableColumn<R, T> column, double width, double least) {
        column.setPrefWidth(width);
        column.setMinWidth(least);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private static final class SentenceCell<R> extends TableCell<R, String> {
        private final Tooltip full = new Tooltip();

        SentenceCell() {
            full.setWrapText(true);
            full.setMaxWidth(420);
        }

        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            full.setText(text);
            setTooltip(empty || text == null || text.isEmpty() ? null : full);
        }
    }
}
