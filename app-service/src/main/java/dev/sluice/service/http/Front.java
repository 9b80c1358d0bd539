package dev.sluice.service.http;

import dev.sluice.service.auth.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Everything a request passes: as the outermost filter its id, the access log and the fate of its
/// connection; as the handler of every path the browser rules, the route, the caller and the errors.
final class Front implements Filter, Handler {
    private static final System.Logger LOG = System.getLogger(Front.class.getName());

    private final HttpConfig config;
    private final Admission admission;
    private final Forwarding forwarding;
    private final RouteTable routes;
    private final Streams streams;
    private final FailureMapping failures;
    private final AccessLog accessLog;
    private final CompletableFuture<BrowserRules> rules = new CompletableFuture<>();
    private final Incidents browserRefusals = new Incidents(InstantSource.system());

    Front(
            HttpConfig config,
            Admission admission,
            RouteTable routes,
            Streams streams,
            FailureMapping failures,
            AccessLog accessLog) {
        this.config = config;
        this.admission = admission;
        this.forwarding = new Forwarding(config.edge().trustedProxies());
        this.routes = routes;
        this.streams = streams;
        this.failures = failures;
        this.accessLog = accessLog;
    }

    /// Called once the port is known; requests wait for it.
    void listening(int port) {
        rules.complete(new BrowserRules(config, port));
    }

    /// Returns how many requests the browser rules refused.
    Incidents.Seen browserRefusals() {
        return browserRefusals.seen();
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        ClientConnection connection = ClientConnection.CURRENT.get();
        long arrived = System.nanoTime();
        long bytesBefore = connection.bytesWritten();
        var exchange = new Exchange(request, response, connection, streams, config, arrived, Instant.now());
        connection.begin(exchange);
        Forwarding.Sender sender =
                forwarding.sender(connection.address(), connection.isSecure(), exchange::headerLines);
        try {
            if (admitted(exchange, sender)) {
                chain.proceed();
            } else {
                browserRefusals.count();
            }
        } finally {
            exchange.finish();
            connection.finish();
            accessLog.add(new AccessLog.Answer(
                    Instant.now(),
                    exchange.method(),
                    exchange.path(),
                    exchange.status(),
                    (System.nanoTime() - arrived) / 1_000_000,
                    connection.bytesWritten() - bytesBefore,
                    exchange.requestId(),
                    exchange.caller().org(),
                    sender.address().isLoopbackAddress() ? "" : sender.address().getHostAddress()));
        }
        if (exchange.mustClose() || closeAsked(exchange)) {
            throw new CloseConnectionException("the answer was the connection's last");
        }
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Exchange exchange = ClientConnection.CURRENT
                .get()
                .exchange()
                .orElseThrow(() -> new IllegalStateException("the filter runs before the handler"));
        if (!answering(exchange, () -> dispatch(exchange)) && exchange.streaming()) {
            // before Helidon writes the last chunk: the client must not take a part for the whole
            throw new CloseConnectionException("the handler failed within its stream");
        }
    }

    /// Applies the browser rules; false if they refused and the answer is out.
    private boolean admitted(Exchange exchange, Forwarding.Sender sender) {
        return answering(exchange, () -> {
            List<String> hosts = exchange.headers(HeaderNames.HOST);
            // who trusts a proxy trusts what it says it was asked for
            String host = sender.host().orElseGet(() -> String.join(",", hosts));
            rules.join().checkHost(hosts.size() == 1 ? List.of(host) : hosts);
            Optional<String> origin = rules.join()
                    .checkOrigin(
                            exchange.headers(HeaderNames.ORIGIN),
                            exchange.headerLines("Sec-Fetch-Site"),
                            host,
                            sender.scheme(),
                            exchange.path());
            origin.ifPresent(
                    allowed -> exchange.responseHeader("Access-Control-Allow-Origin", allowed)
                            .responseHeader("Vary", "Origin")
                            .responseHeader(
                                    "Access-Control-Expose-Headers",
                                    "X-Request-Id, Sluice-Role, Sluice-Flight, Sluice-Bypass-Reason, Sluice-Age-Ms, Retry-After"));
        });
    }

    private void dispatch(Exchange exchange) throws Exception {
        RouteTable.Found found = routes.find(exchange.path());
        if (found.methods().isEmpty()) {
            throw ApiException.notFound("There is nothing at " + exchange.path() + ".");
        }
        if (exchange.method().equals("OPTIONS")) {
            options(exchange, found);
            return;
        }
        RouteTable.Match match = found.match(exchange.head() ? "GET" : exchange.method());
        if (match == null) {
            throw new ApiException(
                    405,
                    exchange.method() + " is not possible here; use " + found.allow() + ".",
                    null,
                    Map.of("Allow", found.allow()),
                    null);
        }
        if (match.route().form() != Route.Form.UPLOAD) {
            exchange.checkAnnouncedBody();
        }
        Caller caller = admission.admit(exchange, match.route());
        exchange.admit(caller, match.parameters(), path -> admission.url(caller, path));
        match.route().handler().handle(exchange);
    }

    private static void options(Exchange exchange, RouteTable.Found found) {
        exchange.responseHeader("Allow", found.allow());
        if (exchange.header("Access-Control-Request-Method").isPresent()) {
            exchange.responseHeader("Access-Control-Allow-Methods", found.allow())
                    .responseHeader(
                            "Access-Control-Allow-Headers",
                            "Content-Type, Authorization, x-org-id, Idempotency-Key, Last-Event-ID, Request-Timeout,"
                                    + " Cache-Control, X-Request-Id")
                    .responseHeader("Access-Control-Max-Age", "600");
        }
        exchange.sendEmpty(204);
    }

    /// Runs a step and answers what it throws; false if it threw.
    private boolean answering(Exchange exchange, Step step) {
        try {
            step.run();
            return true;
        } catch (ApiException refused) {
            answer(exchange, refused);
        } catch (InterruptedException stopped) {
            answer(exchange, ApiException.of(503, "The service is stopping."));
        } catch (Exception failure) {
            Optional<ApiException> known = failures.explain(failure);
            if (known.isEmpty()) {
                LOG.log(Level.ERROR, "event=request_failed request_id=" + exchange.requestId(), failure);
            }
            answer(exchange, known.orElseGet(() -> Problems.internal(exchange.requestId())));
        }
        return false;
    }

    /// Once part of an answer is out, all that is left is to end the connection.
    private static void answer(Exchange exchange, ApiException error) {
        if (exchange.answered() || exchange.streaming()) {
            exchange.closeAfter();
        } else {
            exchange.refuse(error);
        }
    }

    private static boolean closeAsked(Exchange exchange) {
        return exchange.headers(HeaderNames.CONNECTION).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(option -> option.strip().equalsIgnoreCase("close"));
    }

    private interface Step {
        void run() throws Exception;
    }
}
