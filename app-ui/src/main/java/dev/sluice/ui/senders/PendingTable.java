package dev.sluice.ui.senders;

import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.Meter;
import dev.sluice.ui.parts.Columns;
import dev.sluice.ui.parts.EmptyState;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Turns a table into one of senders whose texts wait, the next one due first. Time is drawn by the cells
/// in sight, so that thousands of rows cost no more than a screenful.
final class PendingTable {
    private static final int WHOLE = 1_000;

    private PendingTable() {}

    /// @param narrow whether the details, which say the same, are open
    static void dress(TableView<PendingRow> table, SendersViewModel model, ObservableValue<Boolean> narrow) {
        Columns.dress(table);
        table.setPlaceholder(new EmptyState(
                "fth-message-square",
                "No text waits",
                new ReadOnlyStringWrapper(
                        "A sender appears here as soon as a provider posts a text to /api/webhook/sms-received")));
        table.getColumns().add(Columns.whole("Sender", 128, row -> row.sender().address()));
        table.getColumns().add(Columns.sign("State", 122, PendingRow::state));
        table.getColumns()
                .add(Columns.number(
                        "Texts", 62, row -> Figures.count(row.sender().texts())));
        table.getColumns().add(countdown(model));
        table.getColumns()
                .add(time(
                        "First text", 84, model, (row, now) -> age(row.sender().openedAt(), now)));
        table.getColumns()
                .add(time("Latest", 84, model, (row, now) -> age(row.sender().latestAt(), now)));
        table.getColumns().add(Columns.sentence("Remarks", 120, PendingRow::remarks));
        var org = Columns.<PendingRow>text(
                "Organisation", 100, row -> row.sender().org());
        org.visibleProperty().bind(narrow.map(open -> !open));
        table.getColumns().add(org);
    }

    private static String age(Instant at, Instant now) {
        return Figures.wholeAge(Duration.between(at, now));
    }

    private static TableColumn<PendingRow, PendingRow> time(
            String name, double width, SendersViewModel model, BiFunction<PendingRow, Instant, String> text) {
        TableColumn<PendingRow, PendingRow> column = column(name, width);
        column.getStyleClass().add("number-column");
        column.setCellFactory(any -> {
            var cell = new TimeCell(model) {
                @Override
                void draw(@Nullable PendingRow row, Instant now) {
                    setText(row == null ? null : text.apply(row, now));
                }
            };
            cell.follow();
            return cell;
        });
        return column;
    }

    private static TableColumn<PendingRow, PendingRow> countdown(SendersViewModel model) {
        TableColumn<PendingRow, PendingRow> column = column("Closes in", 150);
        column.setCellFactory(any -> {
            var cell = new CountdownCell(model);
            cell.follow();
            return cell;
        });
        return column;
    }

    private static TableColumn<PendingRow, PendingRow> column(String name, double width) {
        var column = new TableColumn<PendingRow, PendingRow>(name);
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setPrefWidth(width);
        column.setMinWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    /// Draws what changes by time alone. Lives as long as its table, and the table as long as the model.
    private abstract static class TimeCell extends TableCell<PendingRow, PendingRow> {
        private final SendersViewModel model;

        TimeCell(SendersViewModel model) {
            this.model = model;
        }

        abstract void draw(@Nullable PendingRow row, Instant now);

        final void follow() {
            model.now().subscribe(now -> draw(getItem(), now));
        }

        @Override
        protected void updateItem(@Nullable PendingRow row, boolean empty) {
            super.updateItem(row, empty);
            draw(empty ? null : row, model.now().get());
        }
    }

    private static final class CountdownCell extends TimeCell {
        private final Meter bar = new Meter();
        private final Label words = new Label();
        private final HBox box = new HBox(bar, words);

        CountdownCell(SendersViewModel model) {
            super(model);
            box.setAlignment(Pos.CENTER_LEFT);
            box.getStyleClass().add("countdown");
            bar.setPrefWidth(56);
            bar.setMinWidth(56);
            words.setMinWidth(Region.USE_PREF_SIZE);
            HBox.setHgrow(words, Priority.ALWAYS);
        }

        @Override
        void draw(@Nullable PendingRow row, Instant now) {
            setGraphic(row == null ? null : box);
            if (row != null) {
                var left = row.left(now);
                words.setText(left);
                boolean running = row.sender().state().equals("open");
                bar.setVisible(running);
                bar.setManaged(running);
                bar.show((int) Math.round(row.share(now) * WHOLE), WHOLE, WHOLE, left);
            }
        }
    }
}
