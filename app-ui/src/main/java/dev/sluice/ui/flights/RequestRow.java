package dev.sluice.ui.flights;

import dev.sluice.model.ops.RequestView;
import dev.sluice.ui.fx.Figures;
import dev.sluice.ui.parts.Detail;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// One finished request and why it was answered as it was.
///
/// @param why the reason in a sentence
/// @param age how old what it shared was when it came; a dash if it shared nothing
/// @param waited its flight's wait for a slot
/// @param saved calls and tokens it did not cost; a dash if it saved none
/// @param failed whether its status is an error
record RequestRow(
        String id,
        String time,
        RequestRole role,
        String why,
        String age,
        String waited,
        String saved,
        int status,
        boolean failed,
        String kind,
        String latency,
        String org,
        String thread,
        String flight) {
    static RequestRow of(RequestView request, ZoneId zone) {
        var role = RequestRole.of(request.role());
        var sharing = request.sharing();
        boolean shared = role == RequestRole.FOLLOWER || role == RequestRole.REUSED;
        return new RequestRow(
                request.requestId(),
                Figures.time(request.at(), zone),
                role,
                why(role, request),
                shared ? Figures.millis(sharing.ageMs()) : Figures.UNKNOWN,
                Figures.millis(sharing.queueWaitMs()),
                saved(sharing),
                request.status(),
                request.status() >= 400,
                request.streamed() ? "stream" : "plain",
                Figures.millis(request.latencyMs()),
                request.org(),
                request.threadId(),
                Objects.requireNonNullElse(request.flightId(), ""));
    }

    private static String why(RequestRole role, RequestView request) {
        var age = Figures.millis(request.sharing().ageMs());
        var reason = Objects.requireNonNullElse(request.reason(), "no reason told");
        return switch (role) {
            case LEADER -> "Nobody asked the same: it started a call";
            case FOLLOWER -> "The same question was in the air for " + age;
            case REUSED -> "The same question was answered " + age + " before";
            case BYPASS -> "Called alone: " + reason;
            case REJECTED -> "Refused: " + reason;
            case OTHER -> request.role() + ": " + reason;
        };
    }

    private static String saved(RequestView.Sharing sharing) {
        if (sharing.callsSaved() == 0) {
            return Figures.UNKNOWN;
        }
        var calls = sharing.callsSaved() == 1 ? "1 call" : Figures.count(sharing.callsSaved()) + " calls";
        return sharing.tokensSaved() == 0 ? calls : calls + " · " + Figures.count(sharing.tokensSaved()) + " tok";
    }

    List<Detail> details() {
        return List.of(
                new Detail("Role", role.sign().word()),
                new Detail("Why", why),
                new Detail("Ended", time),
                new Detail("Status", Integer.toString(status)),
                new Detail("Kind", kind),
                new Detail("Took", latency),
                new Detail("Age of the shared", age),
                new Detail("Waited", waited),
                new Detail("Saved", saved),
                new Detail("Organisation", org),
                new Detail("Thread", thread),
                new Detail("Flight id", flight.isEmpty() ? Figures.UNKNOWN : flight),
                new Detail("Request id", id));
    }

    /// Returns whether any of its names contains the text, which is in lower case.
    boolean mentions(String text) {
        return String.join("\n", id, role.sign().word(), why, Integer.toString(status), kind, org, thread, flight)
                .toLowerCase(Locale.ROOT)
                .contains(text);
    }
}
