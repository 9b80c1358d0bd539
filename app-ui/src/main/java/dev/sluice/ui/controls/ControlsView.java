package dev.sluice.ui.controls;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.parts.Choosing;
import dev.sluice.ui.parts.Columns;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// Wires the screen on which settings are changed.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class ControlsView implements Screen {
    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");

    private final ControlsViewModel model;
    private final Pump pump;
    private final Parent root;
    private Subscription shown = Subscription.EMPTY;

    private final Choosing<SettingRow> choosing;

    @FXML
    private HBox cards;

    @FXML
    private TextField search;

    @FXML
    private VBox inspectorBox;

    @FXML
    private Label auditTitle;

    @FXML
    private TableView<SettingRow> settings;

    @FXML
    private ListView<AuditRow> audit;

    /// Builds the screen.
    public ControlsView(ControlsViewModel model, Pump pump) {
        this.model = model;
        this.pump = pump;
        this.root = Fxml.load(this);
        for (var toggle : model.toggles()) {
            var card = new SettingCard(toggle).node();
            HBox.setHgrow(card, Priority.ALWAYS);
            cards.getChildren().add(card);
        }
        this.choosing = buildTable();
        inspectorBox.getChildren().add(new InspectorView(model.inspector(), this::close).node());
        model.inspector().shown().subscribe(chosen -> {
            inspectorBox.setVisible(chosen != null);
            inspectorBox.setManaged(chosen != null);
        });
        search.textProperty().bindBidirectional(model.search());
        auditTitle.textProperty().bind(model.auditTitle());
        audit.setItems(model.audit());
        audit.setCellFactory(list -> new AuditCell());
        var nothing = new Label();
        nothing.textProperty().bind(model.auditNote());
        nothing.setWrapText(true);
        nothing.getStyleClass().add("empty-text");
        audit.setPlaceholder(nothing);
    }

    @Override
    public Place place() {
        return Place.CONTROLS;
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void onShow() {
        model.forgetAudit();
        shown = pump.tick(Pump.Rate.TILES, model::refresh);
    }

    @Override
    public void onHide() {
        shown.unsubscribe();
        shown = Subscription.EMPTY;
    }

    @Override
    public void search(String text) {
        model.search().set(text);
    }

    @Override
    public void focusSearch() {
        search.requestFocus();
    }

    private Choosing<SettingRow> buildTable() {
        Columns.dress(settings);
        settings.setItems(model.settings());
        settings.setPlaceholder(new Label("No setting is called so"));
        settings.getColumns().add(Columns.text("Setting", 212, SettingRow::name));
        settings.getColumns().add(Columns.sentence("Value", 96, SettingRow::value));
        settings.getColumns().add(Columns.text("Default", 72, SettingRow::standard));
        settings.getColumns().add(Columns.text("Source", 78, SettingRow::source));
        settings.getColumns().add(Columns.text("Changed by", 150, SettingRow::changed));
        settings.getColumns().add(Columns.sentence("What it does", 200, SettingRow::description));
        settings.setRowFactory(table -> new Row());
        return new Choosing<>(settings, SettingRow::name, this::choose);
    }

    private void choose(@Nullable SettingRow row) {
        model.choose(row == null || row.heading() ? "" : row.name());
    }

    private void close() {
        choosing.clear();
        settings.requestFocus();
    }

    private static final class Row extends TableRow<SettingRow> {
        @Override
        protected void updateItem(@Nullable SettingRow row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(HEADING, !empty && row != null && row.heading());
        }
    }
}
