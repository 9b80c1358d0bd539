package dev.sluice.ui.shell;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.link.Endpoint;
import dev.sluice.ui.parts.ConditionLevel;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.OpsState;
import dev.sluice.ui.store.OpsStore;
import dev.sluice.ui.store.Viewpoint;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Tells, four times a second, how far what is on screen may be believed. Confined to the FX thread.
public final class StatusViewModel {
    private final OpsStore store;
    private final Viewpoint viewpoint;
    private final Supplier<Optional<Endpoint>> endpoint;
    private final ReadOnlyObjectWrapper<Status> status;

    /// Creates the model.
    ///
    /// @param endpoint the service last found
    public StatusViewModel(OpsStore store, Viewpoint viewpoint, Supplier<Optional<Endpoint>> endpoint) {
        this.store = store;
        this.viewpoint = viewpoint;
        this.endpoint = endpoint;
        this.status = new ReadOnlyObjectWrapper<>(this, "status", now());
    }

    ReadOnlyObjectProperty<Status> status() {
        return status.getReadOnlyProperty();
    }

    /// Looks again.
    public void refresh() {
        status.set(now());
    }

    /// Stands still, or follows the service again.
    public void togglePause() {
        if (viewpoint.paused()) {
            viewpoint.resume();
        } else {
            viewpoint.pause();
        }
        refresh();
    }

    private Status now() {
        var state = store.state();
        var freshness = store.freshness();
        var silence = store.silence();
        var snapshot = state.snapshot();
        return new Status(
                freshness,
                connection(freshness, state.connection(), silence),
                state.connection() instanceof Connection.Broken,
                snapshot == null ? "" : lastEvent(silence),
                banner(freshness, state.connection(), silence),
                snapshot == null ? "" : gaps(state),
                state.gaps() > 0,
                snapshot == null ? ConditionLevel.OK : ConditionLevel.worst(snapshot.conditions()),
                snapshot == null || snapshot.conditions().isEmpty()
                        ? ""
                        : ConditionLevel.headline(snapshot.conditions()),
                snapshot == null ? "" : ConditionLevel.count(snapshot.conditions()),
                snapshot == null
                        ? ""
                        : snapshot.operator().name() + " · "
                                + snapshot.operator().role(),
                service(snapshot),
                snapshot != null && snapshot.service().simulated(),
                snapshot != null && snapshot.service().trustMode(),
                snapshot != null && !snapshot.operator().mayWrite(),
                endpoint.get().filter(Endpoint::exposed).isPresent(),
                viewpoint.paused(),
                viewpoint.paused() ? "Paused · " + Figures.count(viewpoint.unseen()) + " unseen" : "");
    }

    private static String connection(Freshness freshness, Connection connection, Duration silence) {
        return switch (freshness) {
            case LIVE -> "Live";
            case LATE -> "Late · silent for " + Figures.wholeAge(silence);
            case LOST -> "Lost · reconnecting";
            case WAITING -> connection instanceof Connection.Broken ? "Not connected" : "Connecting…";
        };
    }

    private String banner(Freshness freshness, Connection connection, Duration silence) {
        var age = Figures.wholeAge(silence);
        return switch (freshness) {
            case LIVE -> "";
            case LATE -> "The service has been silent for " + age + ". What you see may be out of date.";
            case LOST -> "Connection lost. What you see is " + age + " old. " + attempt(connection);
            case WAITING -> attempt(connection);
        };
    }

    private String attempt(Connection connection) {
        return switch (connection) {
            case Connection.Connecting(var doing) -> doing;
            case Connection.Live live -> "Connected, waiting for the first state…";
            case Connection.Broken(var reason, var attempt, var nextTry) -> {
                var left = Duration.between(store.now(), nextTry);
                yield reason + ". "
                        + (left.isPositive() ? "Next try in " + Math.max(1, left.toSeconds()) + " s" : "Trying now")
                        + " (attempt " + (attempt + 1) + ").";
            }
        };
    }

    private static String lastEvent(Duration silence) {
        return silence.toSeconds() < 1 ? "Last event just now" : "Last event " + Figures.wholeAge(silence) + " ago";
    }

    private static String gaps(OpsState state) {
        if (state.gaps() == 0) {
            return "No gaps";
        }
        var lost = state.lost() > 0 ? " · " + Figures.count(state.lost()) + " events missed" : "";
        return state.gaps() + (state.gaps() == 1 ? " gap" : " gaps") + lost;
    }

    private String service(@Nullable OpsSnapshot snapshot) {
        if (snapshot != null) {
            return snapshot.service().url() + " · " + snapshot.service().version();
        }
        return endpoint.get().map(found -> found.base().toString()).orElse("no service yet");
    }
}
