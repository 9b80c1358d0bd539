package dev.sluice.ui.overview;

import dev.sluice.ui.fx.Fxml;
import dev.sluice.ui.fx.MetricTile;
import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Pump;
import dev.sluice.ui.fx.Route;
import dev.sluice.ui.fx.Screen;
import dev.sluice.ui.fx.SmallFigure;
import dev.sluice.ui.parts.Choosing;
import dev.sluice.ui.parts.Columns;
import dev.sluice.ui.parts.DetailPane;
import dev.sluice.ui.parts.FlightRow;
import dev.sluice.ui.parts.FlightTable;
import dev.sluice.ui.store.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.controlsfx.control.MasterDetailPane;
import org.jspecify.annotations.Nullable;

/// Wires the first screen.
@SuppressWarnings("NullAway.Init") // FXMLLoader sets the fields
public final class OverviewView implements Screen {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");
    /// Below this width the tiles take two rows.
    private static final double NARROW = 980;

    private final OverviewViewModel model;
    private final Pump pump;
    private final Map<Metric, MetricTile> tiles = new EnumMap<>(Metric.class);
    private final List<SmallFigure> small = new ArrayList<>();
    /// What the screen behind a tile looks for.
    private final Map<Metric, String> searches = Map.of(
            Metric.LEADERS, "Leader",
            Metric.FOLLOWERS, "Follower",
            Metric.REUSED, "Reused",
            Metric.IN_FLIGHT, "All",
            Metric.CALLS_SAVED, "All",
            Metric.RATIO, "COALESCE");

    private final Parent root;
    private Subscription shown = Subscription.EMPTY;
    private DetailPane details;

    @FXML
    private GridPane tileGrid;

    @FXML
    private MetricTile leaders;

    @FXML
    private MetricTile followers;

    @FXML
    private MetricTile reused;

    @FXML
    private MetricTile saved;

    @FXML
    private MetricTile ratio;

    @FXML
    private MetricTile inFlight;

    @FXML
    private MetricTile openWindows;

    @FXML
    private VBox conditions;

    @FXML
    private FlowPane gauges;

    @FXML
    private Label flightsAge;

    @FXML
    private Label flightsSummary;

    @FXML
    private MasterDetailPane split;

    @FXML
    private TableView<FlightRow> flights;

    /// Builds the screen.
    ///
    /// @param route where the tiles lead
    public OverviewView(OverviewViewModel model, Pump pump, Route route) {
        this.model = model;
        this.pump = pump;
        this.root = Fxml.load(this);
        tiles.putAll(Map.of(
                Metric.LEADERS, leaders,
                Metric.FOLLOWERS, followers,
                Metric.REUSED, reused,
                Metric.CALLS_SAVED, saved,
                Metric.RATIO, ratio,
                Metric.IN_FLIGHT, inFlight,
                Metric.OPEN_WINDOWS, openWindows));
        tiles.forEach((metric, tile) -> {
            tile.valueProperty().bind(model.value(metric));
            tile.setOnAction(() -> route.open(behind(metric), searches.getOrDefault(metric, "")));
        });
        ConditionList.dress(conditions, model.conditions());
        for (var gauge : Gauge.values()) {
            gauges.getChildren().add(smallFigure(gauge));
        }
        flightsSummary.textProperty().bind(model.summary());
        tileGrid.widthProperty().subscribe(width -> arrange(width.doubleValue() < NARROW ? 4 : 7));
        buildFlights();
        model.age().subscribe(this::showAge);
    }

    @Override
    public Place place() {
        return Place.OVERVIEW;
    }

    @Override
    public Parent node() {
        return root;
    }

    @Override
    public void onShow() {
        shown = Subscription.combine(
                pump.draw(Pump.Rate.TILES, model::version, model::refresh),
                pump.tick(Pump.Rate.CHARTS, model::tick),
                pump.draw(Pump.Rate.CHARTS, model::trendVersion, this::drawTrends));
    }

    @Override
    public void onHide() {
        shown.unsubscribe();
        shown = Subscription.EMPTY;
    }

    private static Place behind(Metric metric) {
        return switch (metric) {
            case RATIO -> Place.CONTROLS;
            case OPEN_WINDOWS -> Place.SENDERS;
            default -> Place.FLIGHTS;
        };
    }

    private void drawTrends() {
        tiles.forEach((metric, tile) -> tile.show(model.trend(metric)));
    }

    private void showAge(String age) {
        boolean stale = !age.isEmpty();
        tiles.values().forEach(tile -> tile.setAge(age));
        small.forEach(figure -> figure.setStale(stale));
        flights.pseudoClassStateChanged(STALE, stale);
        flightsAge.setText(stale ? "as of " + age + " ago" : "");
        flightsAge.setVisible(stale);
        flightsAge.setManaged(stale);
    }

    private void buildFlights() {
        FlightTable.dress(flights, model.flights(), model.address());
        flights.getColumns().add(Columns.number("Received", 84, FlightRow::received));
        flights.getColumns().add(Columns.text("Provider and model", 200, FlightRow::providerAndModel));
        FlightTable.addWide(
                flights,
                split.showDetailNodeProperty(),
                List.of(
                        Columns.text("Organisation", 120, FlightRow::org),
                        Columns.text("Thread", 150, FlightRow::thread),
                        Columns.text("Key", 158, FlightRow::key)));
        var choosing = new Choosing<>(flights, FlightRow::id, this::choose);
        details = new DetailPane(() -> {
            choosing.clear();
            flights.requestFocus();
        });
        split.setDetailNode(details);
    }

    private void choose(@Nullable FlightRow row) {
        if (row != null) {
            details.show("Flight", row.details(), row.failure());
        }
        split.setShowDetailNode(row != null);
    }

    private static ColumnConstraints share(int columns) {
        var constraints = new ColumnConstraints();
        constraints.setPercentWidth(100.0 / columns);
        return constraints;
    }

    private SmallFigure smallFigure(Gauge gauge) {
        var figure = new SmallFigure();
        figure.setTitle(gauge.title());
        figure.setMeaning(gauge.meaning());
        figure.valueProperty().bind(model.gauge(gauge));
        small.add(figure);
        return figure;
    }

    private void arrange(int columns) {
        tileGrid.getColumnConstraints().setAll(Collections.nCopies(columns, share(columns)));
        for (int i = 0; i < tileGrid.getChildren().size(); i++) {
            GridPane.setConstraints(tileGrid.getChildren().get(i), i % columns, i / columns);
        }
    }
}
