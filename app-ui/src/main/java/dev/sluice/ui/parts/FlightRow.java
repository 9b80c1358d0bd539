package dev.sluice.ui.parts;

import dev.sluice.model.ops.FlightView;
import dev.sluice.ui.fx.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// One flight as tables show it. Equal rows look equal, so only rows that differ are drawn anew.
///
/// @param age time in the air, until now or until it ended
/// @param firstToken from the start to the first text
/// @param received text received so far
/// @param failure why it failed; empty unless it did
/// @param upstream what its provider call took
public record FlightRow(
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
        String failure,
        Upstream upstream) {
    /// @param queueWait wait for a provider slot
    /// @param retries tries after the first
    /// @param overhead Sluice's own part of the time; a dash before the end
    /// @param blame who took most of the time, in a word; a dash before the end
    /// @param provider the provider's part of the time; a dash before the end
    /// @param tokens tokens the provider charged; a dash if it told none
    /// @param status the provider's status; a dash before it answered
    /// @param requestId the provider's name for the call; a dash if it gave none
    public record Upstream(
            String queueWait,
            String retries,
            String overhead,
            String blame,
            String provider,
            String tokens,
            String status,
            String requestId) {
        static Upstream of(FlightView flight) {
            var seen = flight.upstream();
            var course = Course.of(flight);
            var status = seen.status();
            return new Upstream(
                    Figures.millis(seen.queueWaitMs()),
                    Figures.count(seen.retries()),
                    course == null ? Figures.UNKNOWN : Figures.millis(course.ownMs()),
                    course == null ? Figures.UNKNOWN : course.slowest(),
                    course == null ? Figures.UNKNOWN : Figures.millis(course.providerMs()),
                    seen.tokens() == 0 ? Figures.UNKNOWN : Figures.count(seen.tokens()),
                    status == null ? Figures.UNKNOWN : Integer.toString(status),
                    Objects.requireNonNullElse(seen.requestId(), Figures.UNKNOWN));
        }
    }

    /// Describes a flight.
    ///
    /// @param cancelling whether an operator's cancel of it is under way
    public static FlightRow of(FlightView flight, Instant now, boolean cancelling) {
        var first = flight.firstTokenAt();
        return new FlightRow(
                flight.id(),
                flight.key(),
                flight.org(),
                flight.threadId(),
                flight.provider(),
                flight.model(),
                cancelling && flight.live() ? FlightState.CANCELLING : FlightState.of(flight.state()),
                flight.live(),
                age(flight, now),
                first != null
                        ? Figures.millis((double)
                                Duration.between(flight.startedAt(), first).toMillis())
                        : Figures.UNKNOWN,
                flight.followers(),
                flight.listeners(),
                flight.deltas() == 0 ? Figures.UNKNOWN : Figures.bytes(flight.bytes()),
                Objects.requireNonNullElse(flight.failure(), ""),
                Upstream.of(flight));
    }

    /// Whole seconds while it goes on: tenths would have every row drawn anew ten times a second.
    private static String age(FlightView flight, Instant now) {
        var end = flight.endedAt();
        return end != null
                ? Figures.age(Duration.between(flight.startedAt(), end))
                : Figures.wholeAge(Duration.between(flight.startedAt(), now));
    }

    /// Returns both names.
    public String providerAndModel() {
        return model.isEmpty() ? provider : provider + " · " + model;
    }

    /// Returns all that is known of it.
    public List<Detail> details() {
        return List.of(
                new Detail("State", state.sign().word()),
                new Detail("Age", age),
                new Detail("First token", firstToken),
                new Detail("Time went to", upstream.blame()),
                new Detail("Provider took", upstream.provider()),
                new Detail("Queue took", upstream.queueWait()),
                new Detail("Sluice took", upstream.overhead()),
                new Detail("Followers", Figures.count(followers)),
                new Detail("Listening", Figures.count(listeners)),
                new Detail("Received", received),
                new Detail("Tokens", upstream.tokens()),
                new Detail("Retries", upstream.retries()),
                new Detail("Provider", provider),
                new Detail("Model", model),
                new Detail("Provider status", upstream.status()),
                new Detail("Provider request", upstream.requestId()),
                new Detail("Organisation", org),
                new Detail("Thread", thread),
                new Detail("Key", key),
                new Detail("Flight id", id));
    }

    /// Returns whether any of its names contains the text, which is in lower case.
    public boolean mentions(String text) {
        return String.join(
                        "\n",
                        id,
                        key,
                        org,
                        thread,
                        provider,
                        model,
                        state.sign().word(),
                        failure,
                        upstream.requestId())
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }
}
