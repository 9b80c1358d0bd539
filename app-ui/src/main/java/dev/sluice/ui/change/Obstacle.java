package dev.sluice.ui.change;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.store.Freshness;
import org.jspecify.annotations.Nullable;

/// Why nothing may be changed, in one wording for the whole console.
public final class Obstacle {
    /// Nothing is known of the service.
    public static final String UNCONNECTED = "Not connected to a service yet";

    private Obstacle() {}

    /// Returns why; empty if nothing stands in the way.
    public static String of(@Nullable OpsSnapshot snapshot, Freshness freshness) {
        if (snapshot == null) {
            return UNCONNECTED;
        }
        if (!snapshot.operator().mayWrite()) {
            return "Read-only: your token's role is " + snapshot.operator().role()
                    + ". An operator's token may change this.";
        }
        return freshness == Freshness.LOST ? "Not connected: nothing can be changed until the service is back." : "";
    }
}
