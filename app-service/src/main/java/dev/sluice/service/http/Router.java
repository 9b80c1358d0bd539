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
        return add("GET", pattern, access, Route.Form.PLAIN, handler);
    }

    /// Registers an event stream at `pattern`, which browsers may also open with a ticket.
    public Router stream(String pattern, Access access, Handler handler) {
        return add("GET", pattern, access, Route.Form.STREAM, handler);
    }

    /// Registers what a POST to `pattern` does.
    public Router post(String pattern, Access access, Handler handler) {
        return add("POST", pattern, access, Route.Form.PLAIN, handler);
    }

    /// Registers what a POST of a file to `pattern` does; the handler reads it with [Exchange#rawBody(int)].
    public Router upload(String pattern, Access access, Handler handler) {
        return add("POST", pattern, access, Route.Form.UPLOAD, handler);
    }

    /// Registers what a PATCH of `pattern` does.
    public Router patch(String pattern, Access access, Handler handler) {
        return add("PATCH", pattern, access, Route.Form.PLAIN, handler);
    }

    /// Registers what a DELETE of `pattern` does.
    public Router delete(String pattern, Access access, Handler handler) {
        return add("DELETE", pattern, access, Route.Form.PLAIN, handler);
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    private Router add(String method, String pattern, Access access, Route.Form form, Handler handler) {
        var route = Route.of(method, pattern, access, form, handler);
        for (Route other : routes) {
            if (other.sameTargetAs(route)) {
                throw new IllegalArgumentException(method + " " + pattern + " is registered twice");
            }
        }
        routes.add(route);
        return this;
    }
}
