package dev.sluice.service.refactor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.model.Json;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import dev.sluice.service.session.NewSession;
import dev.sluice.service.session.SessionRoutes;
import dev.sluice.service.session.Sessions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Refactoring jobs over HTTP: begun, looked at, followed, confirmed, cancelled.
public final class RefactorRoutes implements Routes {
    private static final String ROOT = "/api/refactor";

    private final RefactorService service;
    private final SessionRoutes sessions;

    /// @param sessions writes a session's events
    public RefactorRoutes(RefactorService service, SessionRoutes sessions) {
        this.service = service;
        this.sessions = sessions;
    }

    @Override
    public void register(Router router) {
        router.post(ROOT, Access.CLIENT, this::begin).get(ROOT + "/{id}", Access.CLIENT, this::status).stream(
                        ROOT + "/{id}/sse", Access.CLIENT, this::events)
                .post(ROOT + "/{id}/confirm-plan", Access.CLIENT, this::confirmPlan)
                .post(ROOT + "/{id}/confirm-validation", Access.CLIENT, this::confirmValidation)
                .post(ROOT + "/{id}/confirm-push", Access.CLIENT, this::confirmPush)
                .delete(ROOT + "/{id}", Access.CLIENT, this::cancel);
    }

    private void begin(Exchange exchange) {
        NewSession session = service.begin(RefactorReader.request(exchange));
        String path = ROOT + "/" + session.id();
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("session_id", session.id())
                .put("status", Status.RUNNING.wireName())
                .put("message", "Accepted; follow it at sse_url.")
                .put("created_at", session.createdAt().toString())
                .put("status_url", path)
                .put("sse_url", exchange.ticketUrl(path + "/sse"));
        exchange.responseHeader("Cache-Control", "no-store"); // the ticket is for this client alone
        exchange.send(200, answer);
    }

    private void status(Exchange exchange) {
        exchange.send(200, service.view(readable(exchange)));
    }

    private void events(Exchange exchange) throws InterruptedException {
        sessions.answer(exchange, readable(exchange));
    }

    private void confirmPlan(Exchange exchange) {
        Optional<RefactorJob> job = own(exchange);
        decide(exchange, job, Confirmation.PLAN, RefactorReader.plan(exchange));
    }

    private void confirmValidation(Exchange exchange) {
        Optional<RefactorJob> job = own(exchange);
        decide(exchange, job, Confirmation.VALIDATION, RefactorReader.validation(exchange));
    }

    private void confirmPush(Exchange exchange) {
        Optional<RefactorJob> job = own(exchange);
        decide(exchange, job, Confirmation.PUSH, RefactorReader.push(exchange));
    }

    private void cancel(Exchange exchange) {
        Optional<RefactorJob> job = own(exchange);
        if (job.isEmpty() || !job.get().cancel()) {
            throw ApiException.conflict("The job has ended; there is nothing to cancel.");
        }
        exchange.send(200, decided(job.get()));
    }

    /// @param job empty if it ended long ago
    /// @param decision null to cancel
    private static void decide(
            Exchange exchange, Optional<RefactorJob> job, Confirmation what, @Nullable Decision decision) {
        Verdict verdict = job.map(known -> decision == null ? known.refuse(what) : known.decide(what, decision))
                .orElse(Verdict.NOT_AWAITED);
        switch (verdict) {
            case WON -> exchange.send(200, decided(job.orElseThrow()));
            case TOO_LATE ->
                throw ApiException.conflict(
                        "The " + what.wireName() + " was decided already; look at the job's status.");
            case NOT_AWAITED ->
                throw ApiException.badRequest(null, "Nothing awaits a confirmation of the " + what.wireName() + ".");
        }
    }

    private static ObjectNode decided(RefactorJob job) {
        RefactorView now = job.view();
        return Json.mapper()
                .createObjectNode()
                .put("success", true)
                .put("session_id", now.sessionId())
                .put("stage", now.stage())
                .put("status", now.status())
                .put("message", now.message());
    }

    /// Another tenant's job is not found, like one that does not exist; those who see all tenants see it.
    private Sessions.Found readable(Exchange exchange) {
        return service.find(exchange.pathParameter("id"))
                .filter(found -> exchange.caller().allOrgs() || isOf(exchange, found))
                .orElseThrow(RefactorRoutes::unknown);
    }

    /// Who decides acts in the job's org.
    private Optional<RefactorJob> own(Exchange exchange) {
        Sessions.Found found = service.find(exchange.pathParameter("id"))
                .filter(job -> isOf(exchange, job))
                .orElseThrow(RefactorRoutes::unknown);
        return service.job(found.view().id());
    }

    private static boolean isOf(Exchange exchange, Sessions.Found found) {
        return found.view().org().equals(exchange.caller().org());
    }

    private static ApiException unknown() {
        return ApiException.notFound("There is no such refactoring job.");
    }
}
