package dev.sluice.ui.audit;

import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.parts.Choosing;
import dev.sluice.ui.parts.Columns;
import java.util.List;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.util.Subscription;
import org.controlsfx.control.MasterDetailPane;
import org.jspecify.annotations.Nullable;

/// Wires the screen of the audit.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class AuditTrailView implements Screen {
    private static final List<String> ACTIONS = List.of("", "setting.changed", "flight.cancelled");

    private final AuditTrailViewModel model;
    private final Pump pump;
    private final Parent root;
    private final EntryDetail detail;
    private Subscription shown = Subscription.EMPTY;

    @FXML
    private TextField subject;

    @FXML
    private TextField actor;

    @FXML
    private ComboBox<String> action;

    @FXML
    private DatePicker from;

    @FXML
    private DatePicker to;

    @FXML
    private Button find;

    @FXML
    private Button clear;

    @FXML
    private Button csv;

    @FXML
    private Button ndjson;

    @FXML
    private NoteBar chain;

    @FXML
    private NoteBar note;

    @FXML
    private Label summary;

    @FXML
    private MasterDetailPane split;

    @FXML
    private TableView<EntryRow> entries;

    @FXML
    private Button older;

    /// Builds the screen.
    ///
    /// @param clipboard where copied text goes
    public AuditTrailView(AuditTrailViewModel model, Pump pump, Consumer<String> clipboard) {
        this.model = model;
        this.pump = pump;
        this.root = Fxml.load(this);
        Columns.dress(entries);
        entries.setItems(model.entries());
        entries.setPlaceholder(new Label("No entry matches"));
        entries.getColumns().add(Columns.number("#", 60, EntryRow::key));
        entries.getColumns().add(Columns.whole("When", 124, EntryRow::at));
        entries.getColumns().add(Columns.text("Who", 96, row -> row.entry().actor()));
        entries.getColumns()
                .add(wide(Columns.text("What", 130, row -> row.entry().action())));
        entries.getColumns().add(Columns.text("Subject", 210, row -> row.entry().subject()));
        entries.getColumns().add(Columns.sentence("Before", 84, EntryRow::before));
        entries.getColumns().add(Columns.sentence("After", 84, EntryRow::after));
        entries.getColumns().add(wide(Columns.sentence("Why", 200, EntryRow::reason)));
        var choosing = new Choosing<>(entries, EntryRow::key, this::choose);
        this.detail = new EntryDetail(model, clipboard, () -> {
            choosing.clear();
            entries.requestFocus();
        });
        split.setDetailNode(detail.node());
        bind();
    }

    @Override
    public Place place() {
        return Place.AUDIT;
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void onShow() {
        model.reload();
        shown = pump.tick(Pump.Rate.CHARTS, model::refresh);
    }

    @Override
    public void onHide() {
        shown.unsubscribe();
        shown = Subscription.EMPTY;
    }

    @Override
    public void search(String text) {
        model.filters().clear();
        subject.setText(text);
        model.reload();
    }

    @Override
    public void focusSearch() {
        subject.requestFocus();
    }

    private void bind() {
        var filters = model.filters();
        subject.textProperty().bindBidirectional(filters.subject);
        actor.textProperty().bindBidirectional(filters.actor);
        action.getItems().setAll(ACTIONS);
        action.valueProperty().bindBidirectional(filters.action);
        from.valueProperty().bindBidirectional(filters.from);
        to.valueProperty().bindBidirectional(filters.to);
        List.of(subject, actor).forEach(field -> field.setOnAction(event -> model.reload()));
        action.setOnAction(event -> model.reload());
        find.setOnAction(event -> model.reload());
        clear.setOnAction(event -> search(""));
        csv.setOnAction(event -> model.export(AuditExport.CSV));
        ndjson.setOnAction(event -> model.export(AuditExport.NDJSON));
        older.setOnAction(event -> model.readOlder());
        older.disableProperty().bind(model.more().not());
        summary.textProperty().bind(model.summary());
        model.chain().subscribe(chain::show);
        model.note().subscribe(note::show);
    }

    /// A column that makes room while the details, which say the same, are open.
    private TableColumn<EntryRow, String> wide(TableColumn<EntryRow, String> column) {
        column.visibleProperty().bind(split.showDetailNodeProperty().not());
        return column;
    }

    private void choose(@Nullable EntryRow row) {
        if (row != null) {
            detail.show(row);
        }
        split.setShowDetailNode(row != null);
    }
}
