package dev.sluice.service.http;

import dev.sluice.service.auth.Auth;
import dev.sluice.service.auth.AuthRefusal;
import dev.sluice.service.auth.Caller;
import dev.sluice.service.auth.Credentials;
import dev.sluice.service.auth.Role;
import dev.sluice.service.auth.Tickets;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides in whose name a request is served: a token's, a ticket's, or in trust mode the org it names.
/// Thread-safe.
final class Admission {
    static final String TICKETS = "/api/tickets";

    private static final String TICKET = "ticket";
    private static final String TICKET_HEADER = "Sluice-Ticket";
    private static final HeaderName ORG = HeaderNames.create("x-org-id");

    private final Auth auth;
    private final Tickets tickets;
    private final RouteTable routes;

    /// @param routes those that a ticket may be asked for
    Admission(Auth auth, Tickets tickets, RouteTable routes) {
        this.auth = auth;
        this.tickets = tickets;
        this.routes = routes;
    }

    /// Admits a request to a route.
    ///
    /// @throws ApiException 400, 401, 403 or 404
    Caller admit(Exchange exchange, Route route) {
        Optional<String> ticket =
                exchange.query(TICKET).filter(_ -> route.form() == Route.Form.STREAM && reading(exchange));
        Optional<Caller> holder = ticket.filter(
                        _ -> exchange.headers(HeaderNames.AUTHORIZATION).isEmpty())
                .flatMap(text -> holder(exchange, text));
        if (holder.isPresent()) {
            return refusing(() -> auth.within(holder.get(), exchange.headers(ORG)));
        }
        ticket.ifPresent(_ -> exchange.responseHeader(TICKET_HEADER, "unused"));
        return admit(exchange, route.access(), exchange.path(), reading(exchange));
    }

    /// Returns in whose name a ticket opens the path; empty if it does not, and the request says by headers who sends
    /// it: such a client needs no ticket, and may come later than one lasts.
    private Optional<Caller> holder(Exchange exchange, String ticket) {
        try {
            return Optional.of(tickets.redeem(ticket, exchange.path()));
        } catch (AuthRefusal worthless) {
            if (exchange.headers(ORG).isEmpty()) {
                throw refused(worthless);
            }
            return Optional.empty();
        }
    }

    /// Answers `POST /api/tickets`: whoever may open an event stream gets a ticket for it.
    ///
    /// @throws ApiException 400, 401, 403, 404 or 422
    void issue(Exchange exchange) {
        String path = exchange.json().path("path").asText("");
        RouteTable.Match match = routes.find(path).match("GET");
        if (match == null || match.route().form() != Route.Form.STREAM) {
            // whoever is nobody learns nothing here
            admit(exchange, Access.CLIENT, TICKETS, true);
            throw ApiException.unprocessable(
                    "path", "path must be that of an event stream, such as /api/ops/stream, without a query.");
        }
        Caller caller = admit(exchange, match.route().access(), path, true);
        var issued = tickets.issue(caller, path);
        exchange.responseHeader("Cache-Control", "no-store");
        exchange.send(200, Map.of(TICKET, issued.text(), "expires_at", issued.expiresAt(), "url", url(path, issued)));
    }

    /// Returns the URL that opens an event stream in a caller's name.
    ///
    /// @param path that of a stream that the caller may read
    String url(Caller caller, String path) {
        return url(path, tickets.issue(caller, path));
    }

    private static String url(String path, Tickets.Ticket ticket) {
        return path + "?" + TICKET + "=" + ticket.text();
    }

    private Caller admit(Exchange exchange, Access access, String path, boolean reading) {
        if (access == Access.PUBLIC) {
            return Caller.anonymous();
        }
        var shown = new Credentials(exchange.headers(HeaderNames.AUTHORIZATION), exchange.headers(ORG), reading);
        boolean orgRequired = path.startsWith("/api/threads");
        return refusing(() -> auth.admit(shown, Role.valueOf(access.name()), orgRequired));
    }

    private static boolean reading(Exchange exchange) {
        return exchange.head() || exchange.method().equals("GET");
    }

    private static Caller refusing(Supplier<Caller> admission) {
        try {
            return admission.get();
        } catch (AuthRefusal refusal) {
            throw refused(refusal);
        }
    }

    private static ApiException refused(AuthRefusal refusal) {
        String why = String.valueOf(refusal.getMessage());
        return switch (refusal.reason()) {
            case NO_IDENTITY, BAD_TOKEN -> ApiException.unauthorized(why);
            case TOO_LOW -> ApiException.forbidden(why);
            case BAD_ORG -> ApiException.badRequest("x-org-id", why);
            case FOREIGN_ORG -> ApiException.notFound(why);
        };
    }
}
