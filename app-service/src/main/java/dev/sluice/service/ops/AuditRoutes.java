package dev.sluice.service.ops;

import dev.sluice.model.Json;
import dev.sluice.service.http.Access;
import dev.sluice.service.http.Exchange;
import dev.sluice.service.http.Router;
import dev.sluice.service.http.Routes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The operators' audit over HTTP: pages to look at, lines to keep.
final class AuditRoutes implements Routes {
    private static final String NDJSON = "application/x-ndjson";
    private static final int MAX_EXPORT = 10_000;

    private final AuditRepository audit;
    private final AuditVerifier verifier;
    private final InstantSource clock;

    AuditRoutes(AuditRepository audit, AuditVerifier verifier, InstantSource clock) {
        this.audit = audit;
        this.verifier = verifier;
        this.clock = clock;
    }

    @Override
    public void register(Router router) {
        router.get("/api/ops/audit", Access.VIEWER, this::page)
                .get("/api/ops/audit/export", Access.VIEWER, this::export);
    }

    private void page(Exchange exchange) {
        var query = AuditQuery.read(exchange);
        boolean fully =
                exchange.query("verify").filter(flag -> !flag.equals("0")).isPresent();
        var found = audit.find(query);
        exchange.send(200, query.page(found, fully ? verifier.verify() : verifier.catchUp()));
    }

    /// Oldest first, so that a copy can be continued where it ended: `Link` names the rest.
    private void export(Exchange exchange) {
        Long after = AuditQuery.id(exchange, "after");
        int limit = exchange.intQuery("limit", MAX_EXPORT, 1, MAX_EXPORT);
        var links = audit.links(after == null ? 0 : after, limit);
        if (links.size() == limit) {
            exchange.responseHeader(
                    "Link",
                    "</api/ops/audit/export?after=" + links.getLast().entry().id() + "&limit=" + limit
                            + ">; rel=\"next\"");
        }
        String range = links.isEmpty()
                ? "none"
                : links.getFirst().entry().id() + "-" + links.getLast().entry().id();
        audit.append(clock.instant(), exchange.caller().name(), "audit.exported", range, null, null, null);
        exchange.sendText(
                200,
                NDJSON,
                links.stream().map(link -> Json.text(Line.of(link)) + "\n").collect(Collectors.joining()));
    }

    /// One line of the export: all that its hash covers, and the hashes.
    private record Line(
            long id,
            Instant at,
            String actor,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after,
            @Nullable String reason,
            String prevHash,
            String hash) {
        static Line of(AuditChain.Link link) {
            var entry = link.entry();
            return new Line(
                    entry.id(),
                    entry.at(),
                    entry.actor(),
                    entry.action(),
                    entry.subject(),
                    entry.before(),
                    entry.after(),
                    entry.reason(),
                    link.previous(),
                    link.hash());
        }
    }
}
