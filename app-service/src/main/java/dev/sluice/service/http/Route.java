package dev.sluice.service.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One method of one path pattern.
///
/// @param segments what stands between the slashes, the first slash left out; `{name}` takes any non-empty segment
/// @param form what is special about it
record Route(String method, String pattern, List<String> segments, Access access, Form form, Handler handler) {
    /// What is special about a route.
    enum Form {
        PLAIN,
        /// It answers with an event stream that a ticket may open.
        STREAM,
        /// It takes a file, whose size it limits itself.
        UPLOAD
    }

    static Route of(String method, String pattern, Access access, Form form, Handler handler) {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("a pattern starts with a slash: " + pattern);
        }
        return new Route(method, pattern, split(pattern), access, form, handler);
    }

    /// Splits a path at its slashes; a trailing slash leaves an empty last segment.
    static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    /// Matches a request's undecoded segments; the values of the names, undecoded, if it fits.
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (isName(segment) ? path.get(i).isEmpty() : !segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (isName(segment)) {
                values.put(segment.substring(1, segment.length() - 1), path.get(i));
            }
        }
        return Optional.of(values);
    }

    /// Orders routes so that literals come before names, from the left.
    String rank() {
        var rank = new StringBuilder();
        segments.forEach(segment -> rank.append(isName(segment) ? '1' : '0'));
        return rank.toString();
    }

    boolean sameTargetAs(Route other) {
        return method.equals(other.method)
                && segments.stream()
                        .map(Route::shape)
                        .toList()
                        .equals(other.segments.stream().map(Route::shape).toList());
    }

    private static String shape(String segment) {
        return isName(segment) ? "{}" : segment;
    }

    private static boolean isName(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }
}
