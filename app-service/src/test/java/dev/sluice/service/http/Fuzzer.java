package dev.sluice.service.http;

import dev.sluice.model.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes requests to every endpoint, damaged in what they say. The same seed makes the same requests.
final class Fuzzer {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "0",
            "-1",
            "9999999999999999999",
            "1e309",
            "NaN",
            "null",
            "true",
            "a\u00e4\u20ac\ud83d\ude00",
            "'; DROP TABLE threads; --",
            "%s%n%x {0} ${jndi:ldap://x}",
            "<script>alert(1)</script>",
            "../../../../etc/passwd",
            "*",
            "\\",
            "\"",
            "x".repeat(300),
            "x".repeat(5000));
    private static final List<String> RAW_JSON = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[]",
            "{}",
            "[[[[1]]]]",
            "[".repeat(100) + "]".repeat(100),
            "9".repeat(400),
            "\"" + "y".repeat(4000) + "\"");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW");
    private static final List<String> NAMES = List.of(
            "x-org-id",
            "Authorization",
            "Accept",
            "Content-Type",
            "Content-Encoding",
            "Idempotency-Key",
            "Last-Event-ID",
            "Request-Timeout",
            "Cache-Control",
            "If-Match",
            "If-None-Match",
            "Range",
            "Origin",
            "Sec-Fetch-Site",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "Forwarded",
            "Access-Control-Request-Method",
            "X-Request-Id");
    private static final List<String> PARAMETERS = List.of(
            "limit", "last_n", "dry_run", "verify", "after", "before", "from", "to", "window", "outcome", "sender",
            "pace", "at", "cursor", "action", "subject", "ticket", "after");

    private final Random random;
    private final int port;
    private final String token;
    private final List<String> threads;
    private final List<String> senders;

    /// @param token of an operator
    /// @param threads of the tenant `acme`
    /// @param senders ids of those who texted
    Fuzzer(long seed, int port, String token, List<String> threads, List<String> senders) {
        this.random = new Random(seed);
        this.port = port;
        this.token = token;
        this.threads = threads;
        this.senders = senders;
    }

    /// Returns a request that may be good, and is damaged more often than not.
    FuzzedRequest wild() {
        FuzzedRequest request = good();
        for (int times = random.nextInt(4); times > 0; times--) {
            damage(request);
        }
        if (request.method.equals("DELETE") && threads.stream().anyMatch(request.target::contains)) {
            request.method = "PUT"; // the others ask in them
        }
        return request;
    }

    /// Returns a request that must be refused, whatever else it is.
    FuzzedRequest refused() {
        FuzzedRequest request = wild();
        switch (random.nextInt(7)) {
            case 0 -> request.with("Host", "evil.example");
            case 1 -> request.with("Origin", "https://evil.example");
            case 2 -> request.with("Sec-Fetch-Site", "cross-site").without("Origin");
            case 3 -> request.target = request.target.split("\\?", 2)[0] + "?a=<" + text();
            case 4 -> request.target = "/api/nowhere/" + random.nextInt(100);
            case 5 -> request.method = "BREW";
            default -> unauthorized(request);
        }
        return request;
    }

    private void unauthorized(FuzzedRequest request) {
        FuzzedRequest fresh = good();
        request.method = "PATCH";
        request.target = "/api/ops/settings";
        request.body = fresh.body;
        request.with("Authorization", "Bearer slc_" + random.nextInt()).with("Content-Type", "application/json");
    }

    private FuzzedRequest good() {
        String thread = "/api/threads/" + pick(threads);
        FuzzedRequest request = switch (random.nextInt(34)) {
            case 0 -> new FuzzedRequest("GET", "/api/threads/?limit=5", null);
            case 1 -> json("POST", "/api/threads/", Map.of("title", "t", "description", "d", "user_id", "u"));
            case 2 -> new FuzzedRequest("GET", thread, null);
            case 3 -> json("PATCH", thread, Map.of("title", "t" + random.nextInt(), "pinned", true));
            case 4 -> new FuzzedRequest("DELETE", "/api/threads/" + random.nextInt(), null);
            case 5 -> new FuzzedRequest("GET", thread + "/audit", null);
            case 6, 7 -> message(thread + "/messages");
            case 8, 9 -> message(thread + "/messages/stream");
            case 10 -> json("POST", "/api/threads/cancel/r" + random.nextInt(9), Map.of());
            case 11 -> new FuzzedRequest("GET", "/api/metrics/performance?last_n=3", null);
            case 12 -> new FuzzedRequest("GET", pick(List.of("/metrics", "/health", "/health/ready")), null);
            case 13 -> new FuzzedRequest("GET", "/api/ops/snapshot", null);
            case 14 -> new FuzzedRequest("GET", "/api/ops/stream", null);
            case 15 -> new FuzzedRequest("GET", "/api/ops/settings", null);
            case 16, 17 ->
                json("PATCH", "/api/ops/settings", Map.of("COALESCE_RESULT_TTL", "9s", "reason", "r"))
                        .with("If-Match", "\"" + random.nextInt(40) + "\"");
            case 18 -> new FuzzedRequest("GET", "/api/ops/audit?limit=3&from=2026-01-01T00:00:00Z", null);
            case 19 -> new FuzzedRequest("GET", "/api/ops/audit/export?limit=3", null);
            case 20 -> json("POST", "/api/ops/flights/f" + random.nextInt(9) + "/cancel", Map.of("reason", "r"));
            case 21 -> json("POST", "/api/tickets", Map.of("path", "/api/ops/stream"));
            case 22, 23, 24, 25, 26 -> ofTexts();
            case 27 -> json("POST", "/api/refactor", Map.of("user_id", "u", "user_prompt", "hello"));
            case 28 ->
                json("POST", "/api/refactor/s" + random.nextInt(9) + "/confirm-plan", Map.of("action", "approve"));
            case 29 -> new FuzzedRequest("DELETE", "/api/refactor/s" + random.nextInt(9), null);
            case 30 -> new FuzzedRequest("GET", "/api/sessions?kind=chat&limit=3&from=2026-01-01T00:00:00Z", null);
            case 31 ->
                new FuzzedRequest("GET", "/api/sessions/s1/events?after=1", null).with("Accept", "application/json");
            case 32 -> new FuzzedRequest("GET", "/api/sessions/s1/export", null);
            default -> json("POST", "/api/sessions/import", Map.of("format", "x"));
        };
        request.with("Host", "localhost:" + port);
        return request.with(
                request.target.startsWith("/api/threads") ? "x-org-id" : "Authorization",
                request.target.startsWith("/api/threads") ? "acme" : "Bearer " + token);
    }

    private FuzzedRequest ofTexts() {
        String sender = "/api/ops/senders/" + pick(senders);
        return switch (random.nextInt(14)) {
            case 0, 1 ->
                json(
                        "POST",
                        "/api/webhook/sms-received",
                        Map.of(
                                "guid",
                                "g" + random.nextInt(200),
                                "number",
                                "+6391712345" + (10 + random.nextInt(20)),
                                "message",
                                "text " + random.nextInt(9)));
            case 2 ->
                json(
                        "POST",
                        "/api/webhook/sms-received",
                        Map.of("messages", List.of(Map.of("guid", "m", "number", "1", "message", text()))));
            case 3 ->
                json(
                        "POST",
                        "/api/webhook/smsmobileapi",
                        Map.of("id", "e1", "type", "sms.received", "data", Map.of("from", "1", "message", "m")));
            case 4 ->
                new FuzzedRequest("POST", "/api/webhook/twilio", "MessageSid=SM1&From=%2B639171234567&Body=Yes")
                        .with("Content-Type", "application/x-www-form-urlencoded");
            case 5 -> new FuzzedRequest("GET", "/api/ops/senders?limit=9", null);
            case 6 -> new FuzzedRequest("GET", sender, null);
            case 7 -> json("POST", sender + pick(List.of("/hold", "/release", "/undo")), Map.of("reason", "r"));
            case 8 -> json("POST", sender + "/extend", Map.of("by", "5s", "reason", "r"));
            case 9 -> json("POST", sender + "/override", Map.of("window", "30s", "auto_reply", true));
            case 10 -> json("POST", sender + "/reply", Map.of("text", "t"));
            case 11 -> new FuzzedRequest("GET", "/api/ops/batches?limit=3&outcome=UNKNOWN", null);
            case 12 -> json("POST", "/api/ops/batches/w1/settle", Map.of("sent", true));
            default -> new FuzzedRequest("GET", "/api/ops/windows/forecast?window=30s&mode=fixed", null);
        };
    }

    private FuzzedRequest message(String path) {
        return json(
                "POST",
                path,
                Map.of(
                        "content",
                        "question " + random.nextInt(50),
                        "role",
                        "user",
                        "scope",
                        "private",
                        "use_memory",
                        random.nextBoolean(),
                        "attachments",
                        List.of()));
    }

    private static FuzzedRequest json(String method, String target, Map<String, Object> fields) {
        return new FuzzedRequest(method, target, Json.text(new TreeMap<>(fields)))
                .with("Content-Type", "application/json");
    }

    private void damage(FuzzedRequest request) {
        switch (random.nextInt(9)) {
            case 0 -> request.method = pick(METHODS);
            case 1 -> request.target = request.target.split("\\?", 2)[0] + "?" + pick(PARAMETERS) + "=" + encoded();
            case 2 -> segment(request);
            case 3 -> request.with(pick(NAMES), header());
            case 4 -> request.headers.add(pick(NAMES) + ": " + header());
            case 5 -> request.headers.remove(random.nextInt(request.headers.size()));
            default -> request.body = request.body == null ? null : damagedBody(request.body);
        }
        if (request.headers.isEmpty()) {
            request.with("Host", "localhost:" + port);
        }
    }

    private void segment(FuzzedRequest request) {
        String path = request.target.split("\\?", 2)[0];
        request.target = path.substring(0, path.lastIndexOf('/') + 1) + encoded();
    }

    private String damagedBody(String body) {
        int at = random.nextInt(body.length() + 1);
        int value = body.indexOf(':', at) + 1;
        return switch (random.nextInt(6)) {
            case 0 -> body.substring(0, at);
            case 1 -> body.substring(0, at) + text() + body.substring(at);
            case 2 -> body.substring(0, value) + pick(RAW_JSON) + "}";
            case 3 -> body.substring(0, value) + Json.text(text()) + "}";
            case 4 -> "{\"a\":" + pick(RAW_JSON) + "," + body.substring(Math.min(1, body.length()));
            default -> body + body;
        };
    }

    private String text() {
        return pick(TEXTS);
    }

    /// Percent-encoded, now and then wrongly.
    private String encoded() {
        String encoded = URLEncoder.encode(text(), StandardCharsets.UTF_8);
        return random.nextInt(8) == 0 ? encoded + pick(List.of("%", "%zz", "%00", "%ff", "%2F..", "#a")) : encoded;
    }

    private String header() {
        return random.nextInt(4) == 0
                ? pick(List.of("\"1\"", "W/\"1\"", "Bearer " + token, "*", "text/plain"))
                : text();
    }

    private <T extends @Nullable Object> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
