package dev.sluice.ui.flights;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.change.Desk;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.LiveRows;
import dev.sluice.ui.parts.FlightRow;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.Viewpoint;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The flights and the latest requests that match what the operator looks for. Confined to the FX thread.
public final class FlightsViewModel {
    /// The choice that leaves nothing out.
    static final String ALL = "All";

    private final Desk desk;
    private final Viewpoint viewpoint;
    private final Cancelling cancelling;
    private final LiveRows<FlightRow> flights = new LiveRows<>();
    private final LiveRows<RequestRow> requests = new LiveRows<>();
    private final ObservableList<String> orgs = FXCollections.observableArrayList(ALL);
    private final StringProperty search = new SimpleStringProperty(this, "search", "");
    private final StringProperty role = new SimpleStringProperty(this, "role", ALL);
    private final StringProperty org = new SimpleStringProperty(this, "org", ALL);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyStringWrapper requestSummary = new ReadOnlyStringWrapper(this, "requestSummary", "");
    private final ReadOnlyStringWrapper address = new ReadOnlyStringWrapper(this, "address", "");
    private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper(this, "age", "");
    private final ReadOnlyStringWrapper blocked = new ReadOnlyStringWrapper(this, "blocked", "");

    /// Creates a model that shows what `viewpoint` looks at.
    public FlightsViewModel(Desk desk, Viewpoint viewpoint) {
        this.desk = desk;
        this.viewpoint = viewpoint;
        this.cancelling = new Cancelling(desk);
        Stream.of(search, role, org).forEach(filter -> filter.subscribe(this::refresh));
    }

    ObservableList<FlightRow> flights() {
        return flights.shown();
    }

    ObservableList<RequestRow> requests() {
        return requests.shown();
    }

    ObservableList<String> orgs() {
        return orgs;
    }

    List<String> roles() {
        return Stream.concat(
                        Stream.of(ALL),
                        Stream.of(RequestRole.values())
                                .filter(each -> each != RequestRole.OTHER)
                                .map(each -> each.sign().word()))
                .toList();
    }

    StringProperty search() {
        return search;
    }

    StringProperty role() {
        return role;
    }

    StringProperty org() {
        return org;
    }

    ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    ReadOnlyStringProperty requestSummary() {
        return requestSummary.getReadOnlyProperty();
    }

    ReadOnlyStringProperty address() {
        return address.getReadOnlyProperty();
    }

    /// How old the figures are, in words; empty while they are live.
    ReadOnlyStringProperty age() {
        return age.getReadOnlyProperty();
    }

    /// Why no flight can be cancelled; empty if one can.
    ReadOnlyStringProperty blocked() {
        return blocked.getReadOnlyProperty();
    }

    Cancelling cancelling() {
        return cancelling;
    }

    /// Looks for text; a role's name alone chooses that role.
    void lookFor(String text) {
        boolean named = roles().contains(text);
        role.set(named ? text : ALL);
        search.set(named ? "" : text);
        org.set(ALL);
    }

    /// Asks whether a flight shall be cancelled, if it still flies.
    void cancel(String id) {
        var snapshot = desk.store().state().snapshot();
        if (snapshot != null) {
            snapshot.flights().stream()
                    .filter(flight -> flight.id().equals(id))
                    .findFirst()
                    .ifPresent(cancelling::request);
        }
    }

    /// Shows the state looked at, and what time alone changed.
    void refresh() {
        age.set(
                desk.store().freshness() == Freshness.LIVE
                        ? ""
                        : Figures.wholeAge(desk.store().silence()));
        blocked.set(desk.obstacle());
        var told = desk.store().state().snapshot();
        if (told != null) {
            cancelling.refresh(told);
        }
        var snapshot = viewpoint.state().snapshot();
        if (snapshot != null) {
            address.set(snapshot.service().url());
            showOrgs(snapshot);
            showFlights(snapshot);
            showRequests(snapshot);
        }
    }

    private void showFlights(OpsSnapshot snapshot) {
        var now = viewpoint.now();
        var sought = sought();
        var all = snapshot.flights();
        flights.show(all.stream()
                .filter(flight -> ofOrg(flight.org()))
                .map(flight -> FlightRow.of(flight, now, cancelling.pending(flight.id())))
                .filter(row -> row.mentions(sought))
                .toList());
        long live = flights.shown().stream().filter(FlightRow::live).count();
        int shown = flights.shown().size();
        summary.set(live + " in the air, " + (shown - live) + " ended lately" + of(shown, all.size()));
    }

    private void showRequests(OpsSnapshot snapshot) {
        var sought = sought();
        var zone = ZoneId.systemDefault();
        var all = snapshot.recent();
        requests.show(all.stream()
                .filter(request -> ofOrg(request.org()))
                .map(request -> RequestRow.of(request, zone))
                .filter(row ->
                        role.get().equals(ALL) || row.role().sign().word().equals(role.get()))
                .filter(row -> row.mentions(sought))
                .toList());
        int shown = requests.shown().size();
        requestSummary.set("the latest " + shown + of(shown, all.size()) + ": who called, who shared, and why");
    }

    private void showOrgs(OpsSnapshot snapshot) {
        var seen = Stream.concat(
                        Stream.of(ALL),
                        Stream.concat(
                                        snapshot.flights().stream().map(flight -> flight.org()),
                                        snapshot.recent().stream().map(request -> request.org()))
                                .distinct()
                                .sorted())
                .toList();
        if (!orgs.containsAll(seen)) {
            var chosen = org.get();
            orgs.setAll(Stream.concat(orgs.stream(), seen.stream()).distinct().toList());
            org.set(chosen);
        }
    }

    private boolean ofOrg(String name) {
        return org.get() == null || org.get().equals(ALL) || org.get().equals(name);
    }

    private String sought() {
        return search.get().strip().toLowerCase(Locale.ROOT);
    }

    private static String of(int shown, int all) {
        return shown == all ? "" : " (of " + all + ")";
    }
}
