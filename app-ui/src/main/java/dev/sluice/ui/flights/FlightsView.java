package dev.sluice.ui.flights;

import dev.sluice.ui.change.NoteBar;
import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Route;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.parts.Choosing;
import dev.sluice.ui.parts.Columns;
import dev.sluice.ui.parts.FlightRow;
import dev.sluice.ui.parts.FlightTable;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.util.Subscription;
import org.controlsfx.control.MasterDetailPane;
import org.jspecify.annotations.Nullable;

/// Wires the screen of flights and requests.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class FlightsView implements Screen {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final FlightsViewModel model;
    private final Pump pump;
    private final Parent root;
    private final FlightsDetail detail;
    private final Choosing<FlightRow> flightChoice;
    private final Choosing<RequestRow> requestChoice;
    private Subscription shown = Subscription.EMPTY;

    @FXML
    private TextField search;

    @FXML
    private ComboBox<String> role;

    @FXML
    private ComboBox<String> org;

    @FXML
    private Label staleAge;

    @FXML
    private NoteBar note;

    @FXML
    private MasterDetailPane split;

    @FXML
    private Label summary;

    @FXML
    private TableView<FlightRow> flights;

    @FXML
    private Label requestSummary;

    @FXML
    private TableView<RequestRow> requests;

    /// Builds the screen.
    ///
    /// @param clipboard where copied text goes
    /// @param route where a flight's session is shown
    public FlightsView(FlightsViewModel model, Pump pump, Consumer<String> clipboard, Route route) {
        this.model = model;
        this.pump = pump;
        this.root = Fxml.load(this);
        this.detail = new FlightsDetail(model, clipboard, route, this::close);
        split.setDetailNode(detail.node());
        FlightTable.dress(flights, model.flights(), model.address());
        FlightTable.addWide(flights, split.showDetailNodeProperty(), upstreamColumns());
        RequestTable.dress(requests, model.requests(), split.showDetailNodeProperty());
        this.flightChoice = new Choosing<>(flights, FlightRow::id, this::choose);
        this.requestChoice = new Choosing<>(requests, RequestRow::id, this::choose);
        bind();
    }

    @Override
    public Place place() {
        return Place.FLIGHTS;
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void onShow() {
        shown = pump.tick(Pump.Rate.TILES, model::refresh);
    }

    @Override
    public void onHide() {
        shown.unsubscribe();
        shown = Subscription.EMPTY;
    }

    @Override
    public void search(String text) {
        model.lookFor(text);
    }

    @Override
    public void focusSearch() {
        search.requestFocus();
    }

    private void bind() {
        search.textProperty().bindBidirectional(model.search());
        role.getItems().setAll(model.roles());
        role.valueProperty().bindBidirectional(model.role());
        org.setItems(model.orgs());
        org.valueProperty().bindBidirectional(model.org());
        summary.textProperty().bind(model.summary());
        requestSummary.textProperty().bind(model.requestSummary());
        model.cancelling().note().subscribe(note::show);
        model.age().subscribe(this::showAge);
    }

    private void choose(@Nullable FlightRow row) {
        if (row != null) {
            requestChoice.clear();
            detail.show(row);
        }
        split.setShowDetailNode(row != null || requests.getSelectionModel().getSelectedItem() != null);
    }

    private void choose(@Nullable RequestRow row) {
        if (row != null) {
            flightChoice.clear();
            detail.show(row);
        }
        split.setShowDetailNode(row != null || flights.getSelectionModel().getSelectedItem() != null);
    }

    private void close() {
        var table = requests.getSelectionModel().getSelectedItem() != null ? requests : flights;
        flightChoice.clear();
        requestChoice.clear();
        table.requestFocus();
    }

    private void showAge(String age) {
        boolean stale = !age.isEmpty();
        flights.pseudoClassStateChanged(STALE, stale);
        requests.pseudoClassStateChanged(STALE, stale);
        staleAge.setText(stale ? "as of " + age + " ago" : "");
        staleAge.setVisible(stale);
        staleAge.setManaged(stale);
    }

    private static List<TableColumn<FlightRow, String>> upstreamColumns() {
        return List.of(
                Columns.number("Queued", 76, row -> row.upstream().queueWait()),
                Columns.number("Retries", 66, row -> row.upstream().retries()),
                Columns.number("Own part", 84, row -> row.upstream().overhead()),
                Columns.text("Mostly", 76, row -> row.upstream().blame()),
                Columns.number("Tokens", 70, row -> row.upstream().tokens()),
                Columns.number("Status", 60, row -> row.upstream().status()),
                Columns.text("Provider", 90, FlightRow::provider),
                Columns.text("Organisation", 100, FlightRow::org));
    }
}
