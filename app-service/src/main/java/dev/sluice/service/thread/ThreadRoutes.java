package dev.sluice.service.thread;

import dev.sluice.model.Json;
import dev.sluice.model.thread.CreateThread;
import dev.sluice.model.thread.PatchThread;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Threads over HTTP: created, listed, read, changed, deleted, audited.
public final class ThreadRoutes implements Routes {
    private static final int AUDIT_ROWS = 25;
    private static final int MAX_TITLE = 500;
    private static final int MAX_LIST = 500;

    private final ThreadService service;
    private final ChatSessions chats;
    private final ThreadRepository repository;
    private final InstantSource clock;
    private final Supplier<String> ids;

    /// @param ids makes ids of threads
    public ThreadRoutes(
            ThreadService service,
            ChatSessions chats,
            ThreadRepository repository,
            InstantSource clock,
            Supplier<String> ids) {
        this.service = service;
        this.chats = chats;
        this.repository = repository;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public void register(Router router) {
        router.post("/api/threads", Access.CLIENT, this::create)
                .post("/api/threads/", Access.CLIENT, this::create)
                .get("/api/threads", Access.CLIENT, this::list)
                .get("/api/threads/", Access.CLIENT, this::list)
                .get("/api/threads/{id}", Access.CLIENT, this::find)
                .patch("/api/threads/{id}", Access.CLIENT, this::change)
                .delete("/api/threads/{id}", Access.CLIENT, this::delete)
                .get("/api/threads/{id}/audit", Access.CLIENT, this::audit);
    }

    private void create(Exchange exchange) {
        CreateThread request = exchange.body(CreateThread.class);
        checkLength("title", request.title());
        checkLength("user_id", request.userId());
        exchange.send(200, repository.create(exchange.caller().org(), ids.get(), request, clock.instant()));
    }

    private void list(Exchange exchange) {
        int limit = exchange.intQuery("limit", 50, 1, MAX_LIST);
        exchange.send(200, repository.list(exchange.caller().org(), limit));
    }

    private void find(Exchange exchange) {
        exchange.send(
                200, repository.find(exchange.caller().org(), id(exchange)).orElseThrow(() -> unknown()));
    }

    private void change(Exchange exchange) {
        PatchThread patch = exchange.body(PatchThread.class);
        checkLength("title", patch.title());
        if (!repository.update(exchange.caller().org(), id(exchange), patch, clock.instant())) {
            throw unknown();
        }
        var thread = repository.find(exchange.caller().org(), id(exchange)).orElseThrow(() -> unknown());
        var answer = Json.mapper().createObjectNode().put("success", true).put("thread_id", id(exchange));
        answer.put("title", thread.title());
        if (patch.pinned() != null) {
            answer.put("pinned", patch.pinned());
        }
        exchange.send(200, answer);
    }

    private void delete(Exchange exchange) {
        long sessions = repository.delete(exchange.caller().org(), id(exchange)).orElseThrow(ThreadRoutes::unknown);
        service.deleted(id(exchange));
        chats.deleted();
        exchange.send(200, Map.of("success", true, "thread_id", id(exchange), "sessions_removed", sessions));
    }

    private void audit(Exchange exchange) {
        if (!repository.exists(exchange.caller().org(), id(exchange))) {
            throw unknown();
        }
        exchange.send(200, repository.audit(exchange.caller().org(), id(exchange), AUDIT_ROWS));
    }

    private static String id(Exchange exchange) {
        return exchange.pathParameter("id");
    }

    private static ApiException unknown() {
        return ApiException.notFound("There is no such thread.");
    }

    private static void checkLength(String field, @Nullable String value) {
        if (value != null && value.length() > MAX_TITLE) {
            throw ApiException.unprocessable(field, field + " must be at most " + MAX_TITLE + " characters.");
        }
    }
}
