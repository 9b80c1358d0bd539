package dev.sluice.service.http;

import java.util.ArrayList;
import java.util.List;

/// Collects routes. HEAD follows GET and OPTIONS answers by itself; neither is registered.
///
/// A pattern is a path whose segments are literals or `{name}`; a trailing slash is another pattern. A literal
/// wins
/// over a name. Used by one thread, before the server starts.
public final class Router {
    private final List<Route> routes = new ArrayList<>();

    Router() {}

    /// Registers a reader of `pattern`.
    public Router get(String pattern, Access access, Handler handler) {
        return add("GET", pattern, access, false, handler);
    }

    /// Registers an event stream at `pattern`, which browsers may also open with a ticket.
    public Router stream(String pattern, Access access, Handler handler) {
        return add("GET", pattern, access, true, handler);
    }

    /// Registers what a POST to `pattern` does.
    public Router post(String pattern, Access access, Handler handler) {
        return add("POST", pattern, access, false, handler);
    }

    /// Registers what a PATCH of `pattern` does.
    public Router patch(String pattern, Access access, Handler handler) {
        return add("PATCH", pattern, access, false, handler);
    }

    /// Registers what a DELETE of `pattern` does.
    public Router delete(String pattern, Access access, Handler handler) {
        return add("DELETE", pattern, access, false, handler);
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    private Router add(String method, String pattern, Access access, boolean stream, Handler handler) {
        var route = Route.of(method, pattern, access, stream, handler);
        for (Route other : routes) {
            if (other.sameTargetAs(route)) {
                throw new IllegalArgumentException(method + " " + pattern + " is registered twice");
            }
        }
        routes.add(route);
        return this;
    }
}
