package dev.sluice.service.ops;

import dev.sluice.model.ops.OperatorInfo;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.ServiceInfo;
import dev.sluice.model.ops.SettingsView;
import dev.sluice.service.config.Settings;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.thread.ThreadService;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What operators see and steer, over HTTP.
public final class OpsRoutes implements Routes {
    private static final Pattern ETAG = Pattern.compile("\"([0-9]{1,18})\"");

    private final OpsFeed feed;
    private final Supplier<ServiceInfo> service;
    private final Settings settings;
    private final SettingsChanges changes;
    private final AuditRepository audit;
    private final ThreadService threads;
    private final InstantSource clock;

    OpsRoutes(
            OpsFeed feed,
            Supplier<ServiceInfo> service,
            Settings settings,
            SettingsChanges changes,
            AuditRepository audit,
            ThreadService threads,
            InstantSource clock) {
        this.feed = feed;
        this.service = service;
        this.settings = settings;
        this.changes = changes;
        this.audit = audit;
        this.threads = threads;
        this.clock = clock;
    }

    @Override
    public void register(Router router) {
        router.get("/api/ops/snapshot", Access.VIEWER, this::snapshot).stream(
                        "/api/ops/stream", Access.VIEWER, this::stream)
                .get("/api/ops/settings", Access.VIEWER, this::settings)
                .patch("/api/ops/settings", Access.OPERATOR, this::change)
                .post("/api/ops/flights/{id}/cancel", Access.OPERATOR, this::cancelFlight);
    }

    private void snapshot(Exchange exchange) {
        exchange.send(200, snapshot(feed.look(), exchange));
    }

    private void stream(Exchange exchange) throws InterruptedException {
        Optional<String> cursor = exchange.header("Last-Event-ID")
                .filter(text -> !text.isEmpty())
                .or(() -> exchange.query("last_event_id"))
                .or(() -> exchange.query("after"));
        var stream = new OpsStream(feed, state -> snapshot(state, exchange), exchange.sse());
        var opening = feed.open(cursor.orElse(null));
        exchange.departure().onGone(opening.cursor()::interrupt);
        stream.run(opening, cursor.isPresent());
    }

    private void settings(Exchange exchange) {
        send(exchange, settings.view());
    }

    private void change(Exchange exchange) {
        var change = changes.read(exchange.json());
        if (exchange.query("dry_run").filter(flag -> !flag.equals("0")).isPresent()) {
            exchange.send(200, changes.preview(change));
            return;
        }
        String tag = exchange.header("If-Match")
                .orElseThrow(() -> new ApiException(
                        428,
                        "Say which version you change: If-Match with the ETag of GET /api/ops/settings.",
                        null,
                        Map.of(),
                        null));
        var matcher = ETAG.matcher(tag.strip());
        if (!matcher.matches()) {
            throw ApiException.badRequest("If-Match", "If-Match must be an ETag of GET /api/ops/settings.");
        }
        send(
                exchange,
                changes.apply(
                        change,
                        Long.parseLong(matcher.group(1)),
                        exchange.caller().name()));
        var _ = feed.now(); // operators see it at once if the feed's pace allows
    }

    private void cancelFlight(Exchange exchange) {
        String id = exchange.pathParameter("id");
        String reason = exchange.rawBody().length == 0
                ? null
                : SettingsChange.reason(exchange.json().path(SettingsChange.REASON));
        if (!threads.cancelFlight(id)) {
            throw ApiException.notFound("No flight " + id + " is in the air.");
        }
        audit.append(clock.instant(), exchange.caller().name(), "flight.cancelled", id, null, null, reason);
        exchange.send(200, Map.of("status", "cancelled", "flight_id", id));
    }

    private OpsSnapshot snapshot(OpsState state, Exchange exchange) {
        var caller = exchange.caller();
        return new OpsSnapshot(
                service.get(),
                new OperatorInfo(caller.name(), caller.role().wireName()),
                state.totals(),
                state.load(),
                state.flights(),
                state.recent(),
                state.settings(),
                state.providers(),
                state.conditions(),
                state.sms());
    }

    private static void send(Exchange exchange, SettingsView view) {
        exchange.responseHeader("ETag", view.etag());
        exchange.send(200, view);
    }
}
