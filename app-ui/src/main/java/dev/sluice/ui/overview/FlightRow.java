package dev.sluice.ui.overview;

import dev.sluice.model.ops.FlightView;
import dev.sluice.ui.fx.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// One flight as the table shows it. Equal rows look equal, so only rows that differ are drawn anew.
///
/// @param age time in the air, until now or until it ended
/// @param firstToken from the start to the first text
/// @param received text received so far
/// @param failure why it failed; empty unless it did
record FlightRow(
        String id,
        String key,
        String org,
        String thread,
        String provider,
        String model,
        FlightState state,
        boolean live,
        String age,
        String firstToken,
        int followers,
        int listeners,
        String received,
        String failure) {
    static FlightRow of(FlightView flight, Instant now) {
        var first = flight.firstTokenAt();
        return new FlightRow(
                flight.id(),
                flight.key(),
                flight.org(),
                flight.threadId(),
                flight.provider(),
                flight.model(),
                FlightState.of(flight.state()),
                flight.live(),
                age(flight, now),
                first != null
                        ? Figures.millis((double)
                                Duration.between(flight.startedAt(), first).toMillis())
                        : Figures.UNKNOWN,
                flight.followers(),
                flight.listeners(),
                flight.deltas() == 0 ? Figures.UNKNOWN : Figures.bytes(flight.bytes()),
                Objects.requireNonNullElse(flight.failure(), ""));
    }

    /// Whole seconds while it goes on: tenths would have every row drawn anew ten times a second.
    private static String age(FlightView flight, Instant now) {
        var end = flight.endedAt();
        return end != null
                ? Figures.age(Duration.between(flight.startedAt(), end))
                : Figures.wholeAge(Duration.between(flight.startedAt(), now));
    }

    String providerAndModel() {
        return model.isEmpty() ? provider : provider + " · " + model;
    }
}
