package dev.sluice.service.session;

import dev.sluice.model.session.SessionView;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sessions as files: taken out, and brought in from elsewhere.
public final class SessionFileRoutes implements Routes {
    private static final int MAX_FILE_BYTES = 32 << 20;
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Sessions sessions;
    private final Audit audit;
    private final Semaphore files = new Semaphore(AT_ONCE); // each takes tens of megabytes of memory

    /// @param audit told what was taken out and brought in
    public SessionFileRoutes(Sessions sessions, Audit audit) {
        this.sessions = sessions;
        this.audit = audit;
    }

    @Override
    public void register(Router router) {
        router.get("/api/sessions/{id}/export", Access.CLIENT, this::export)
                .upload("/api/sessions/import", Access.OPERATOR, this::bringIn);
    }

    private void export(Exchange exchange) throws InterruptedException {
        Sessions.Found found = SessionRoutes.find(sessions, exchange);
        SessionView session = found.view();
        if (!session.state().equals("ended")) {
            throw ApiException.conflict("The session is still running; it can be exported when it has ended.");
        }
        admit();
        try {
            byte[] file = sessions.export(found);
            audit.note(exchange.caller().name(), "session.exported", session.id(), null);
            exchange.responseHeader("Content-Disposition", "attachment; filename=\"" + session.id() + ".ndjson\"");
            exchange.send(200, SessionArchive.MEDIA_TYPE, file);
        } finally {
            files.release();
        }
    }

    private void bringIn(Exchange exchange) throws InterruptedException {
        String type = exchange.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.split(";", -1)[0].strip().equals(SessionArchive.MEDIA_TYPE)) {
            throw ApiException.of(415, "the file must be sent as Content-Type: " + SessionArchive.MEDIA_TYPE);
        }
        String org = exchange.caller().allOrgs()
                ? exchange.query("org").orElse("default")
                : exchange.caller().org();
        admit();
        try {
            SessionView imported = sessions.bringIn(exchange.rawBody(MAX_FILE_BYTES), org);
            audit.note(exchange.caller().name(), "session.imported", imported.id(), imported.importedFrom());
            exchange.send(201, imported);
        } catch (SessionArchive.BrokenException broken) {
            throw ApiException.unprocessable(null, "The file is not a whole exported session: " + broken.reason());
        } catch (IllegalArgumentException refused) {
            throw ApiException.unprocessable(null, String.valueOf(refused.getMessage()));
        } finally {
            files.release();
        }
    }

    private void admit() throws InterruptedException {
        if (!files.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw ApiException.unavailable("Too many sessions are exported or imported at once.", PATIENCE);
        }
    }

    /// Where it is written down who took sessions out and brought them in.
    @FunctionalInterface
    public interface Audit {
        /// @param actor who
        /// @param action `session.exported` or `session.imported`
        /// @param id the session here
        /// @param from its id elsewhere; null if it is from here
        void note(String actor, String action, String id, @Nullable String from);
    }
}
