package dev.sluice.ui.fake;

import dev.sluice.model.ops.ConditionView;
import dev.sluice.model.ops.FlightView;
import dev.sluice.model.ops.ProviderView;
import dev.sluice.model.ops.RequestView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Flights, requests, providers and conditions as a busy service would tell them.
final class SampleTraffic {
    private static final List<String> ORGS = List.of("acme", "northwind", "globex");
    private static final List<String> ROLES = List.of(
            "follower",
            "follower",
            "reused",
            "leader",
            "follower",
            "reused",
            "bypass",
            "follower",
            "rejected",
            "leader");

    private SampleTraffic() {}

    static List<FlightView> flights(Instant now) {
        var flights = new ArrayList<FlightView>();
        var states = List.of("streaming", "streaming", "calling", "streaming", "queued", "calling", "streaming");
        for (int i = 0; i < 14; i++) {
            boolean live = i < states.size();
            var state = live ? states.get(i) : i == 9 ? "failed" : i == 12 ? "cancelled" : "done";
            var started = now.minusMillis(420L + 1_730L * i * (i + 1) / 2);
            flights.add(flight(i, state, started, live ? null : started.plusMillis(1_200 + 310L * i)));
        }
        return flights;
    }

    static FlightView flight(int number, String state, Instant started, @Nullable Instant ended) {
        boolean text = state.equals("streaming") || state.equals("done");
        var model = List.of("gpt-4o-mini", "sonar-pro", "gemini-2.0-flash").get(number % 3);
        var provider = List.of("openai", "perplexity", "gemini").get(number % 3);
        return new FlightView(
                "f-01j9" + (4_096 + number * 37),
                Integer.toHexString(0x3fa91c + number * 7_919) + "d41b07",
                ORGS.get(number % 3),
                "t-" + (7_310 + number * 13),
                provider,
                model,
                state,
                started,
                text ? started.plusMillis(310 + 17L * number) : null,
                ended,
                ended == null ? 2 + number * 5 % 17 : 0,
                1 + number * 11 % 49,
                text ? 12 + number * 9 : 0,
                text ? 840 + number * 1_377L : 0,
                state.equals("failed") ? "upstream closed the stream after 1 204 ms (request req_8812)" : null,
                upstream(number, state, ended != null));
    }

    private static FlightView.Upstream upstream(int number, String state, boolean ended) {
        double queue = number == 10 ? 3_300 : 3.0 + number * 7 % 40;
        if (!ended) {
            return new FlightView.Upstream(state.equals("queued") ? 900 : queue, 0, 0, 0, null, null);
        }
        boolean failed = state.equals("failed");
        return new FlightView.Upstream(
                queue,
                failed ? 2 : 0,
                2.4 + number % 3,
                failed ? 0 : 380L + number * 21L,
                failed ? 502 : 200,
                "req_" + (8_812 + number));
    }

    static List<RequestView> requests(Instant now) {
        var requests = new ArrayList<RequestView>();
        for (int i = 0; i < 40; i++) {
            var role = ROLES.get(i % ROLES.size());
            boolean shared = role.equals("follower") || role.equals("reused");
            var reason = role.equals("bypass") ? "no-cache" : role.equals("rejected") ? "queue full" : null;
            requests.add(new RequestView(
                    now.minusMillis(900L * i),
                    "req-7c1e" + (1_000 + i),
                    ORGS.get(i % 3),
                    "t-" + (7_310 + i % 5 * 13),
                    role,
                    reason,
                    role.equals("rejected") ? null : "f-01j9" + (4_096 + i % 14 * 37),
                    role.equals("rejected") ? 429 : 200,
                    i % 2 == 0,
                    role.equals("reused") ? 2.1 : 840 + i * 13,
                    shared
                            ? new RequestView.Sharing(role.equals("reused") ? 4_200 + i * 90 : 210 + i * 7, 12, 1, 412)
                            : new RequestView.Sharing(0, 12, 0, 0)));
        }
        return requests;
    }

    static List<ProviderView> providers(Instant now) {
        return List.of(
                new ProviderView(
                        "openai",
                        false,
                        true,
                        "gpt-4o-mini",
                        32,
                        32,
                        5,
                        0,
                        20,
                        25,
                        2_104,
                        3,
                        0,
                        2,
                        0,
                        "timeout after 30 s",
                        now.minusSeconds(5_400)),
                new ProviderView(
                        "perplexity",
                        false,
                        false,
                        "sonar-pro",
                        8,
                        32,
                        8,
                        14,
                        20,
                        25,
                        1_377,
                        61,
                        48,
                        52,
                        7,
                        "429 Too Many Requests",
                        now.minusSeconds(12)),
                new ProviderView("mock", true, false, "mock-1", 32, 32, 0, 0, 20, 25, 0, 0, 0, 0, 0, null, null));
    }

    static List<ConditionView> conditions(Instant now) {
        return List.of(
                new ConditionView("store", "ok", "Commits take 2 ms, 41 GB are free.", 0, null),
                new ConditionView(
                        "provider.openai", "ok", "3 of the last 100 calls failed.", 3, now.minusSeconds(5_400)),
                new ConditionView(
                        "provider.perplexity",
                        "critical",
                        "48 of the last 100 calls were answered 429.",
                        48,
                        now.minusSeconds(12)),
                new ConditionView(
                        "readers-dropped", "warning", "A reader never read and was dropped.", 2, now.minusSeconds(310)),
                new ConditionView(
                        "browser-refused",
                        "notice",
                        "A page of another site tried to call.",
                        1,
                        now.minusSeconds(4_100)));
    }
}
