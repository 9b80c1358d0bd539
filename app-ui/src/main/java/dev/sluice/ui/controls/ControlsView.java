package dev.sluice.ui.controls;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Screen;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Subscription;

/// Wires the screen on which settings are changed.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class ControlsView implements Screen {
    private static final double ROW_HEIGHT = 28;

    private final ControlsViewModel model;
    private final Pump pump;
    private final Parent root;
    private Subscription shown = Subscription.EMPTY;

    @FXML
    private HBox cards;

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
        buildTable();
        audit.setItems(model.audit());
        audit.setCellFactory(list -> new AuditCell());
        var nothing = new Label();
        nothing.textProperty().bind(model.auditNote());
        nothing.setWrapText(true);
        nothing.getStyleClass().add("empty-text");
        audit.setPlaceholder(nothing);
    }

    @Override
    public String title() {
        return "Controls";
    }

    @Override
    public String icon() {
        return "fth-sliders";
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

    private void buildTable() {
        settings.setItems(model.settings());
        settings.setFixedCellSize(ROW_HEIGHT);
        settings.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        settings.setPlaceholder(new Label("The service named no settings yet"));
        settings.getColumns().add(column("Setting", 212, SettingRow::name));
        settings.getColumns().add(column("Value", 64, SettingRow::value));
        settings.getColumns().add(column("Default", 72, SettingRow::standard));
        settings.getColumns().add(column("Source", 78, SettingRow::source));
        settings.getColumns().add(column("Changed by", 164, SettingRow::changed));
        var description = column("What it does", 220, SettingRow::description);
        description.setCellFactory(any -> new DescriptionCell());
        settings.getColumns().add(description);
    }

    private static TableColumn<SettingRow, String> column(
            String name, double width, Function<SettingRow, String> text) {
        var column = new TableColumn<SettingRow, String>(name);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        column.setPrefWidth(width);
        column.setMinWidth(width * 0.8);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }
}
