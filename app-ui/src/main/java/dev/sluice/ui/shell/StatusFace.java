package dev.sluice.ui.shell;

import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.store.Connection;
import dev.sluice.ui.store.Freshness;
import dev.sluice.ui.store.OpsState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the status strip says at one moment.
///
/// @param freshness whether the figures may be believed
/// @param connection the connection in a sentence, with the age of what is shown
/// @param where the service and who asks it; empty until known
/// @param gaps how often events were missed; empty if never
/// @param badges conditions the operator must not overlook
public record StatusFace(Freshness freshness, String connection, String where, String gaps, List<String> badges) {
    public StatusFace {
        badges = List.copyOf(badges);
    }

    static StatusFace of(
            OpsState state, Freshness freshness, Duration silence, Instant now, long unseen, boolean paused) {
        OpsSnapshot snapshot = state.snapshot();
        return new StatusFace(
                freshness,
                connection(state.connection(), freshness, silence, now),
                where(snapshot),
                gaps(state),
                badges(snapshot, unseen, paused));
    }

    private static String connection(Connection connection, Freshness freshness, Duration silence, Instant now) {
        String age = " · last event " + Figures.wholeAge(silence) + " ago";
        return switch (connection) {
            case Connection.Connecting(var doing) -> doing;
            case Connection.Broken(var reason, var attempt, var nextTry) ->
                "Reconnecting (try " + attempt + ", next in "
                        + Math.max(0, Duration.between(now, nextTry).toSeconds()) + " s) · " + reason
                        + (freshness == Freshness.WAITING ? "" : age);
            case Connection.Live() ->
                switch (freshness) {
                    case WAITING -> "Connected, waiting for the first figures…";
                    case LIVE -> "Live";
                    case LATE -> "Silent" + age;
                    case LOST -> "Lost" + age;
                };
        };
    }

    private static String where(@Nullable OpsSnapshot snapshot) {
        return snapshot == null
                ? ""
                : snapshot.service().url() + " · " + snapshot.operator().name() + " · "
                        + snapshot.operator().role();
    }

    private static String gaps(OpsState state) {
        return state.gaps() == 0
                ? ""
                : state.gaps() + (state.gaps() == 1 ? " gap, " : " gaps, ") + state.lost() + " events missed";
    }

    private static List<String> badges(@Nullable OpsSnapshot snapshot, long unseen, boolean paused) {
        var badges = new ArrayList<String>();
        if (paused) {
            badges.add("Paused · " + unseen + " unseen");
        }
        if (snapshot != null && snapshot.service().simulated()) {
            badges.add("Simulated provider");
        }
        if (snapshot != null && snapshot.service().trustMode()) {
            badges.add("Trust mode");
        }
        if (snapshot != null && !snapshot.operator().mayWrite()) {
            badges.add("Read-only");
        }
        return badges;
    }
}
