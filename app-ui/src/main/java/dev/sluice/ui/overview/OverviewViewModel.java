package dev.sluice.ui.overview;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.LiveRows;
import dev.sluice.ui.parts.FlightRow;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.Metric;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Series;
import dev.sluice.ui.store.Viewpoint;
import java.util.EnumMap;
import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What the first screen says. Confined to the FX thread.
public final class OverviewViewModel {
    private final OpsStore store;
    private final Viewpoint viewpoint;
    private final Map<Metric, ReadOnlyStringWrapper> values = new EnumMap<>(Metric.class);
    private final Map<Gauge, ReadOnlyStringWrapper> gauges = new EnumMap<>(Gauge.class);
    private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper(this, "age", "");
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyStringWrapper address = new ReadOnlyStringWrapper(this, "address", "");
    private final LiveRows<ConditionRow> conditions = new LiveRows<>();
    private final LiveRows<FlightRow> flights = new LiveRows<>();

    /// Creates a model that shows what `viewpoint` looks at.
    public OverviewViewModel(OpsStore store, Viewpoint viewpoint) {
        this.store = store;
        this.viewpoint = viewpoint;
        for (var metric : Metric.values()) {
            values.put(metric, new ReadOnlyStringWrapper(this, metric.name(), Figures.UNKNOWN));
        }
        for (var gauge : Gauge.values()) {
            gauges.put(gauge, new ReadOnlyStringWrapper(this, gauge.name(), Figures.UNKNOWN));
        }
    }

    ReadOnlyStringProperty value(Metric metric) {
        return wrapper(values.get(metric)).getReadOnlyProperty();
    }

    ReadOnlyStringProperty gauge(Gauge gauge) {
        return wrapper(gauges.get(gauge)).getReadOnlyProperty();
    }

    /// How old the figures are, in words; empty while they are live.
    ReadOnlyStringProperty age() {
        return age.getReadOnlyProperty();
    }

    /// The flights in a sentence.
    ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// Where clients send their messages; empty if unknown.
    ReadOnlyStringProperty address() {
        return address.getReadOnlyProperty();
    }

    ObservableList<FlightRow> flights() {
        return flights.shown();
    }

    LiveRows<ConditionRow> conditions() {
        return conditions;
    }

    Series trend(Metric metric) {
        return store.trend(metric);
    }

    /// Returns a number that differs whenever [#refresh] would show something else, time aside.
    long version() {
        return viewpoint.state().version();
    }

    /// Returns a number that differs whenever there is more of the trends to show.
    long trendVersion() {
        return viewpoint.paused() ? -1 : store.trend(Metric.IN_FLIGHT).version();
    }

    /// Shows the state looked at.
    void refresh() {
        var snapshot = viewpoint.state().snapshot();
        if (snapshot != null) {
            values.forEach((metric, text) -> text.set(write(metric, snapshot)));
            gauges.forEach((gauge, text) -> text.set(gauge.write(snapshot)));
            address.set(snapshot.service().url());
        }
        tick();
    }

    /// Shows what time alone changed: ages.
    void tick() {
        age.set(store.freshness() == Freshness.LIVE ? "" : Figures.wholeAge(store.silence()));
        var snapshot = viewpoint.state().snapshot();
        if (snapshot != null) {
            var now = viewpoint.now();
            conditions.show(ConditionRow.of(snapshot.conditions(), now));
            flights.show(snapshot.flights().stream()
                    .map(f -> FlightRow.of(f, now, false))
                    .toList());
            long live = flights.shown().stream().filter(FlightRow::live).count();
            summary.set(live + " in the air, " + (flights.shown().size() - live) + " ended lately");
        }
    }

    private static String write(Metric metric, OpsSnapshot snapshot) {
        return metric == Metric.RATIO
                ? Figures.percent(metric.of(snapshot))
                : Figures.count((long) metric.of(snapshot));
    }

    private static ReadOnlyStringWrapper wrapper(@Nullable ReadOnlyStringWrapper found) {
        if (found == null) {
            throw new IllegalArgumentException("no such figure");
        }
        return found;
    }
}
