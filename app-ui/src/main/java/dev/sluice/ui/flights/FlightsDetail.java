package dev.sluice.ui.flights;

import dev.sluice.ui.fx.Place;
import dev.sluice.ui.fx.Route;
import dev.sluice.ui.parts.Detail;
import dev.sluice.ui.parts.DetailPane;
import dev.sluice.ui.parts.FlightRow;
import dev.sluice.ui.parts.FlightState;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The chosen flight or request and what can be done with it: copy it, cancel it, find what belongs to it,
/// open its session.
final class FlightsDetail {
    private final FlightsViewModel model;
    private final Button cancel = new Button("_Cancel the flight…", new FontIcon("fth-x-octagon"));
    private final Button related = new Button("_Find its flight", new FontIcon("fth-search"));
    private final Button session = new Button("Open its sessio_n", new FontIcon("fth-film"));
    private final DetailPane pane;
    private List<Detail> details = List.of();
    private @Nullable FlightRow flight;
    private String relation = "";
    private String life = "";

    FlightsDetail(FlightsViewModel model, Consumer<String> clipboard, Route route, Runnable close) {
        this.model = model;
        this.pane = new DetailPane(close);
        var copy = new Button("C_opy", new FontIcon("fth-copy"));
        copy.setAccessibleText("Copy the details");
        copy.setTooltip(new Tooltip("Copy all of this as text (Alt+O)"));
        copy.setOnAction(event -> clipboard.accept(Detail.lines(details)));
        cancel.setAccessibleText("Cancel the flight");
        cancel.setOnAction(event -> {
            if (flight != null) {
                model.cancel(flight.id());
            }
        });
        session.setTooltip(new Tooltip("Read or play again, event by event, what its provider call brought (Alt+N)"));
        session.setOnAction(event -> route.open(Place.SESSIONS, life));
        related.setOnAction(event -> model.lookFor(relation));
        pane.addDeed(copy);
        pane.addDeed(related);
        pane.addDeed(session);
        pane.addDeed(cancel);
        model.blocked().subscribe(this::showCancel);
    }

    Parent node() {
        return pane;
    }

    void show(FlightRow row) {
        flight = row;
        details = row.details();
        live(row.id());
        relate("_Find its requests", "Show only what names this flight (Alt+F)", row.id());
        pane.show("Flight", details, row.failure());
        showCancel();
    }

    void show(RequestRow row) {
        flight = null;
        details = row.details();
        live(row.flight());
        relate("_Find its flight", "Show only the flight it listened to and who shared it (Alt+F)", row.flight());
        pane.show("Request", details, "");
        showCancel();
    }

    /// A session has the id of its flight.
    private void live(String flightId) {
        life = flightId;
        session.setDisable(flightId.isEmpty());
    }

    private void relate(String text, String tip, String id) {
        relation = id;
        related.setText(text);
        related.setTooltip(new Tooltip(tip));
        related.setDisable(id.isEmpty());
    }

    private void showCancel() {
        var row = flight;
        boolean live = row != null && row.live();
        boolean pending = row != null && row.state() == FlightState.CANCELLING;
        var blocked = model.blocked().get();
        cancel.setVisible(live);
        cancel.setManaged(live);
        cancel.setDisable(!blocked.isEmpty() || pending);
        cancel.setTooltip(
                new Tooltip(blocked.isEmpty() ? "End the call to the provider; it is asked first (Alt+C)" : blocked));
        pane.explain(live ? blocked : "");
    }
}
