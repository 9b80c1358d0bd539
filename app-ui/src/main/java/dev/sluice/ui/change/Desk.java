package dev.sluice.ui.change;

import dev.sluice.ui.fx.Dialogs;
import dev.sluice.ui.link.OpsClient;
import dev.sluice.ui.store.OpsStore;
import java.util.concurrent.Executor;

/// What one needs to command the service.
///
/// @param ops asks the service, blocking
/// @param store what the service said last
/// @param dialogs asks the operator
/// @param background where calls to the service may block
/// @param fx the FX thread
public record Desk(OpsClient ops, OpsStore store, Dialogs dialogs, Executor background, Executor fx) {
    /// Returns why the operator may not change anything now; empty if he may.
    public String obstacle() {
        return Obstacle.of(store.state().snapshot(), store.freshness());
    }
}
