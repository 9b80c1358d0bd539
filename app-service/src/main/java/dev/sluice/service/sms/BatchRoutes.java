package dev.sluice.service.sms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.sms.BatchList;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.sms.verdict.Label;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Batches and windows over HTTP, for operators: why two replies, none, or the wrong one.
final class BatchRoutes implements Routes {
    private static final Set<String> STATES =
            Set.of("open", "held", "closed", "claimed", "done", "quarantined", "dropped");
    private static final Set<String> OUTCOMES =
            Arrays.stream(Outcome.Kind.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private final SmsService service;
    private final SenderRepository senders;
    private final BatchActions actions;

    BatchRoutes(SmsService service, SenderRepository senders, BatchActions actions) {
        this.service = service;
        this.senders = senders;
        this.actions = actions;
    }

    @Override
    public void register(Router router) {
        router.get("/api/ops/batches", Access.VIEWER, this::list)
                .get("/api/ops/batches/{id}", Access.VIEWER, this::get)
                .post("/api/ops/batches/{id}/settle", Access.OPERATOR, this::settle)
                .post("/api/ops/batches/{id}/retry", Access.OPERATOR, this::retry)
                .post("/api/ops/texts/{id}/count", Access.OPERATOR, this::count)
                .get("/api/ops/windows/forecast", Access.VIEWER, this::forecast)
                .post("/api/ops/windows/retime", Access.OPERATOR, exchange -> redate(exchange, "retime"))
                .post("/api/ops/windows/close", Access.OPERATOR, exchange -> redate(exchange, "close"));
    }

    /// Reads a label, in any case.
    static Label label(String word) {
        try {
            return Label.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw ApiException.unprocessable("label", "label must be one of " + Arrays.toString(Label.values()) + ".");
        }
    }

    private void list(Exchange exchange) {
        int limit = exchange.intQuery("limit", 100, 1, 1_000);
        var found = senders.batches(new BatchQuery(
                OpsRequests.scope(exchange.caller()),
                exchange.query("sender").orElse(null),
                oneOf(exchange, "state", STATES),
                oneOf(exchange, "outcome", OUTCOMES),
                OpsRequests.instant(exchange, "from"),
                OpsRequests.instant(exchange, "to"),
                exchange.query("cursor").orElse(null),
                limit));
        exchange.send(
                200,
                new BatchList(found, found.size() == limit ? found.getLast().id() : null));
    }

    private void get(Exchange exchange) {
        var caller = exchange.caller();
        exchange.send(
                200,
                senders.batch(exchange.pathParameter("id"), OpsRequests.scope(caller), OpsRequests.seesTexts(caller))
                        .orElseThrow(() -> ApiException.notFound("No such batch.")));
    }

    private void settle(Exchange exchange) {
        JsonNode body = exchange.json();
        boolean sent = OpsRequests.flag(body, "sent")
                .orElseThrow(() -> ApiException.unprocessable("sent", "sent must be true or false."));
        OpsRequests.attempt(() -> {
            actions.settleUnknown(exchange.pathParameter("id"), sent, OpsRequests.actor(exchange, body));
            return null;
        });
        get(exchange);
    }

    private void retry(Exchange exchange) {
        JsonNode body = OpsRequests.body(exchange);
        OpsRequests.attempt(() -> {
            service.retry(exchange.pathParameter("id"), OpsRequests.actor(exchange, body));
            return null;
        });
        get(exchange);
    }

    private void count(Exchange exchange) {
        JsonNode body = OpsRequests.body(exchange);
        OpsRequests.attempt(() -> {
            actions.countTwin(exchange.pathParameter("id"), OpsRequests.actor(exchange, body));
            return null;
        });
        exchange.send(200, Map.of("text_id", exchange.pathParameter("id"), "counts", true));
    }

    /// Windows are counted and retimed for all orgs together.
    private static void requireAllOrgs(Exchange exchange) {
        if (!exchange.caller().allOrgs()) {
            throw ApiException.forbidden("This concerns the windows of all orgs; your token is for one.");
        }
    }

    private void forecast(Exchange exchange) {
        requireAllOrgs(exchange);
        Duration window = exchange.query("window")
                .map(text -> OpsRequests.parsed("window", text))
                .orElse(null);
        String mode = oneOf(exchange, "mode", Set.of("fixed", "sliding"));
        exchange.send(200, service.forecast(window, mode == null ? null : mode.equals("sliding")));
    }

    private void redate(Exchange exchange, String how) {
        requireAllOrgs(exchange);
        if (OpsRequests.dryRun(exchange)) {
            exchange.send(200, service.forecast(null, null));
            return;
        }
        JsonNode body = OpsRequests.body(exchange);
        int open = service.gathering();
        int changed = how.equals("close") ? service.closeAll() : service.retime();
        actions.note(
                "windows." + (how.equals("close") ? "closed" : "retimed"),
                changed + " of " + open + " open windows",
                OpsRequests.actor(exchange, body));
        exchange.send(200, Map.of("changed", changed));
    }

    private static @Nullable String oneOf(Exchange exchange, String name, Set<String> words) {
        String value = exchange.query(name).orElse(null);
        if (value != null && !words.contains(value)) {
            throw ApiException.badRequest(
                    name, name + " must be one of " + words.stream().sorted().toList() + ".");
        }
        return value;
    }
}
