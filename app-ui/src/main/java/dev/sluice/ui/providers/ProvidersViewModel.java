package dev.sluice.ui.providers;

import dev.sluice.model.ops.ProviderView;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.fx.LiveRows;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ObservableList;

/// How the chat providers fare. Confined to the FX thread.
public final class ProvidersViewModel {
    private final OpsStore store;
    private final Viewpoint viewpoint;
    private final LiveRows<ProviderFace> faces = new LiveRows<>();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper(this, "summary", "");
    private final ReadOnlyStringWrapper age = new ReadOnlyStringWrapper(this, "age", "");

    /// Creates a model that shows what `viewpoint` looks at.
    public ProvidersViewModel(OpsStore store, Viewpoint viewpoint) {
        this.store = store;
        this.viewpoint = viewpoint;
    }

    ObservableList<ProviderFace> faces() {
        return faces.shown();
    }

    /// The providers in a sentence.
    ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    /// How old the figures are, in words; empty while they are live.
    ReadOnlyStringProperty age() {
        return age.getReadOnlyProperty();
    }

    /// Shows the state looked at, and what time alone changed.
    void refresh() {
        age.set(store.freshness() == Freshness.LIVE ? "" : Figures.wholeAge(store.silence()));
        var snapshot = viewpoint.state().snapshot();
        if (snapshot == null) {
            return;
        }
        var now = viewpoint.now();
        faces.show(snapshot.providers().stream()
                .map(provider -> ProviderFace.of(provider, snapshot, now))
                .toList());
        long throttled =
                snapshot.providers().stream().filter(ProviderView::throttled).count();
        int count = snapshot.providers().size();
        summary.set(
                count == 0
                        ? "This service names no providers"
                        : count
                                + (count == 1 ? " provider, " : " providers, ")
                                + (throttled == 0 ? "none throttled" : throttled + " throttled"));
    }
}
