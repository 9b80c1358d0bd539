package dev.sluice.ui.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the operator looks at: the store as it goes, or the moment at which it was paused.
///
/// Thread-safe.
public final class Viewpoint {
    private record Frozen(OpsState state, Instant at) {}

    private final OpsStore store;
    private volatile @Nullable Frozen frozen;

    /// Creates a view that follows `store`.
    public Viewpoint(OpsStore store) {
        this.store = store;
    }

    /// Stands still from now on.
    public void pause() {
        frozen = new Frozen(store.state(), now());
    }

    /// Follows the store again.
    public void resume() {
        frozen = null;
    }

    /// Returns whether it stands still.
    public boolean paused() {
        return frozen != null;
    }

    /// Returns the state to show.
    public OpsState state() {
        var still = frozen;
        return still != null ? still.state() : store.state();
    }

    /// Returns how many events arrived since the pause began, 0 if there is none.
    public long unseen() {
        var still = frozen;
        return still != null ? store.state().events() - still.state().events() : 0;
    }

    /// Returns the service's time to compute ages with. It stands still while paused and while the service is not
    /// heard: nobody knows whether a flight of then is still in the air.
    public Instant now() {
        var still = frozen;
        if (still != null) {
            return still.at();
        }
        var now = store.serviceNow();
        return store.freshness() == Freshness.LIVE ? now : now.minus(store.silence());
    }
}
