package dev.sluice.service.sms;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.sms.RefusedList;
import dev.sluice.model.sms.SenderList;
import dev.sluice.model.sms.SenderView;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Handler;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.sms.SmsAudit.Actor;
import dev.sluice.service.sms.reply.Delivery;
import dev.sluice.service.sms.text.BadAddressException;
import dev.sluice.service.sms.text.PhoneNumbers;
import dev.sluice.service.sms.verdict.Label;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Senders over HTTP, for operators: what waits, and what to do about it. No number is in any path.
final class SenderRoutes implements Routes {
    private static final int MOST = 5_000;
    private static final int LONGEST_REPLY = 1_600;
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);
    private static final Duration FURTHEST = Duration.ofDays(1);

    private final SmsService service;
    private final SenderRepository senders;
    private final SenderActions actions;
    private final BatchActions batches;
    private final RefusalRepository refusals;

    SenderRoutes(
            SmsService service,
            SenderRepository senders,
            SenderActions actions,
            BatchActions batches,
            RefusalRepository refusals) {
        this.service = service;
        this.senders = senders;
        this.actions = actions;
        this.batches = batches;
        this.refusals = refusals;
    }

    @Override
    public void register(Router router) {
        router.get("/api/ops/senders", Access.VIEWER, this::list)
                .get("/api/ops/senders/{id}", Access.VIEWER, this::get)
                .get("/api/ops/refused-texts", Access.VIEWER, this::refused)
                .post("/api/ops/senders/find", Access.VIEWER, this::find)
                .post("/api/ops/senders/{id}/flush", Access.OPERATOR, acting(actions::flush))
                .post("/api/ops/senders/{id}/hold", Access.OPERATOR, acting(actions::hold))
                .post("/api/ops/senders/{id}/release", Access.OPERATOR, acting(actions::release))
                .post("/api/ops/senders/{id}/drop", Access.OPERATOR, acting(actions::drop))
                .post("/api/ops/senders/{id}/undo", Access.OPERATOR, acting(actions::undo))
                .post("/api/ops/senders/{id}/extend", Access.OPERATOR, this::extend)
                .post("/api/ops/senders/{id}/override", Access.OPERATOR, this::override)
                .post("/api/ops/senders/{id}/reply", Access.OPERATOR, this::reply)
                .post("/api/ops/senders/{id}/relabel", Access.OPERATOR, this::relabel)
                .post("/api/ops/senders/{id}/unmask", Access.OPERATOR, this::unmask)
                .post("/api/ops/senders/{id}/forget", Access.OPERATOR, this::forget);
    }

    private void list(Exchange exchange) {
        int limit = exchange.intQuery("limit", MOST, 1, MOST);
        String org = OpsRequests.scope(exchange.caller());
        long version = service.version();
        String tag = "\"" + version + "-" + limit + "\"";
        exchange.responseHeader("ETag", tag);
        if (exchange.header("If-None-Match").filter(tag::equals).isPresent()) {
            exchange.sendEmpty(304);
            return;
        }
        var found = senders.pending(org, limit);
        int total = found.size() < limit ? found.size() : senders.pendingCount(org);
        exchange.send(200, new SenderList(service.time().now(), version, total, found));
    }

    private void get(Exchange exchange) {
        exchange.send(200, view(exchange));
    }

    private void refused(Exchange exchange) {
        int limit = exchange.intQuery("limit", 100, 1, 1_000);
        exchange.send(200, new RefusedList(refusals.latest(OpsRequests.scope(exchange.caller()), limit)));
    }

    /// A number is looked up in a body, since paths are logged.
    private void find(Exchange exchange) {
        String number = OpsRequests.text(exchange.json(), "number", 64)
                .orElseThrow(() -> ApiException.unprocessable("number", "number must be given."));
        try {
            var address = new PhoneNumbers(service.defaultRegion().orElse(null)).parse(number);
            String id = senders.byAddress(address.value(), exchange.caller().org())
                    .orElseThrow(() -> ApiException.notFound("No such sender."));
            exchange.send(200, Map.of("sender_id", id));
        } catch (BadAddressException unreadable) {
            throw ApiException.unprocessable("number", "number: " + unreadable.getMessage());
        }
    }

    private void extend(Exchange exchange) {
        JsonNode body = exchange.json();
        Duration by = OpsRequests.duration(body, "by", FURTHEST)
                .filter(Duration::isPositive)
                .orElseThrow(() -> ApiException.unprocessable("by", "by must be a length of time such as 60s."));
        OpsRequests.attempt(() -> {
            actions.extend(id(exchange), by, OpsRequests.actor(exchange, body));
            return null;
        });
        get(exchange);
    }

    private void override(Exchange exchange) {
        JsonNode body = exchange.json();
        Optional<Duration> window = OpsRequests.duration(body, "window", LONGEST_WINDOW);
        Optional<Boolean> autoReply = OpsRequests.flag(body, "auto_reply");
        OpsRequests.attempt(() -> {
            actions.override(
                    id(exchange), window.orElse(null), autoReply.orElse(null), OpsRequests.actor(exchange, body));
            return null;
        });
        get(exchange);
    }

    private void reply(Exchange exchange) {
        JsonNode body = exchange.json();
        String text = OpsRequests.text(body, "text", LONGEST_REPLY)
                .orElseThrow(() -> ApiException.unprocessable("text", "text must be given."));
        Delivery delivery =
                OpsRequests.attempt(() -> batches.reply(id(exchange), text, OpsRequests.actor(exchange, body)));
        var answer = new LinkedHashMap<String, String>();
        switch (delivery) {
            case Delivery.Sent _ -> answer.put("outcome", "sent");
            case Delivery.Refused(String reason) -> tell(answer, "refused", reason);
            case Delivery.Unknown(String reason) -> tell(answer, "unknown", reason);
            case Delivery.NotDelivered(String reason, Duration _) -> tell(answer, "not_sent", reason);
        }
        exchange.send(200, answer);
    }

    private static void tell(Map<String, String> answer, String outcome, String reason) {
        answer.put("outcome", outcome);
        answer.put("reason", reason);
    }

    private void relabel(Exchange exchange) {
        JsonNode body = exchange.json();
        String word = OpsRequests.text(body, "label", 20).orElse("");
        Label label = BatchRoutes.label(word);
        String batch = OpsRequests.text(body, "batch_id", 60)
                .orElseThrow(() -> ApiException.unprocessable("batch_id", "batch_id must be given."));
        boolean own = senders.batch(batch, OpsRequests.scope(exchange.caller()), false)
                .filter(detail -> detail.batch().senderId().equals(id(exchange)))
                .isPresent();
        if (!own) {
            throw ApiException.notFound("No such batch of this sender.");
        }
        OpsRequests.attempt(() -> {
            batches.relabel(batch, label, OpsRequests.actor(exchange, body));
            return null;
        });
        get(exchange);
    }

    private void unmask(Exchange exchange) {
        JsonNode body = OpsRequests.body(exchange);
        var address = OpsRequests.attempt(() -> batches.unmask(id(exchange), OpsRequests.actor(exchange, body)));
        exchange.send(200, Map.of("sender_id", id(exchange), "address", address.value()));
    }

    private void forget(Exchange exchange) {
        JsonNode body = OpsRequests.body(exchange);
        exchange.send(
                200,
                Map.of(
                        "removed",
                        OpsRequests.attempt(() -> batches.forget(id(exchange), OpsRequests.actor(exchange, body)))));
    }

    private Handler acting(BiConsumer<String, Actor> action) {
        return exchange -> {
            JsonNode body = OpsRequests.body(exchange);
            OpsRequests.attempt(() -> {
                action.accept(id(exchange), OpsRequests.actor(exchange, body));
                return null;
            });
            get(exchange);
        };
    }

    private SenderView view(Exchange exchange) {
        var caller = exchange.caller();
        return senders.find(id(exchange), OpsRequests.scope(caller), OpsRequests.seesTexts(caller))
                .orElseThrow(() -> ApiException.notFound("No such sender."));
    }

    private static String id(Exchange exchange) {
        return exchange.pathParameter("id");
    }
}
