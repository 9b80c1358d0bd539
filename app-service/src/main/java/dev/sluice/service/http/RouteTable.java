package dev.sluice.service.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request. Immutable.
final class RouteTable {
    /// By how many segments they have; no other fits a path.
    private final Map<Integer, List<Route>> routes;

    RouteTable(List<Route> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparing(Route::rank))
                .collect(Collectors.groupingBy(route -> route.segments().size()));
    }

    /// Finds all routes whose pattern fits a path, literals before names.
    Found find(String path) {
        if (!path.startsWith("/")) {
            return new Found(List.of());
        }
        List<String> segments = Route.split(path);
        var matches = new ArrayList<Match>();
        for (Route route : routes.getOrDefault(segments.size(), List.of())) {
            Optional<Map<String, String>> parameters = route.match(segments);
            parameters.ifPresent(values -> matches.add(new Match(route, values)));
        }
        return new Found(List.copyOf(matches));
    }

    record Match(Route route, Map<String, String> parameters) {}

    record Found(List<Match> matches) {
        List<String> methods() {
            return matches.stream().map(match -> match.route().method()).toList();
        }

        /// Returns the best match for a method, or null.
        @Nullable
        Match match(String method) {
            return matches.stream()
                    .filter(match -> match.route().method().equals(method))
                    .findFirst()
                    .orElse(null);
        }

        /// Returns what stands in `Allow`.
        String allow() {
            var names = new TreeSet<>(methods());
            if (names.contains("GET")) {
                names.add("HEAD");
            }
            names.add("OPTIONS");
            return String.join(", ", names);
        }
    }
}
