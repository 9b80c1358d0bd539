package dev.sluice.service.http;

import dev.sluice.model.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers what Helidon refuses before a request reaches us, in our words: Helidon's may hold bytes of
/// the request.
final class TransportErrors implements DirectHandler {
    /// How Helidon's own messages tell these faults from others; without them the client hears a plain 400.
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";
    private static final String NO_HOST = "Host header must";

    private final AccessLog accessLog;

    TransportErrors(AccessLog accessLog) {
        this.accessLog = accessLog;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status defaultStatus,
            ServerResponseHeaders responseHeaders,
            Throwable thrown,
            System.@Nullable Logger logger) {
        // Helidon takes a method that is no token for a failure of its own
        boolean malformed = thrown.getCause() instanceof IllegalArgumentException
                && ClientConnection.CURRENT.get().exchange().isEmpty();
        return DirectHandler.super.handle(
                request,
                eventType,
                malformed ? Status.BAD_REQUEST_400 : defaultStatus,
                responseHeaders,
                thrown,
                logger);
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType eventType,
            Status defaultStatus,
            ServerResponseHeaders responseHeaders,
            String message) {
        var connection = ClientConnection.CURRENT.get();
        var exchange = connection.exchange();
        String requestId = exchange.map(Exchange::requestId)
                .orElseGet(() -> RequestIds.choose(request.headers().first(Exchange.REQUEST_ID)));
        ApiException error = refusal(request, status(defaultStatus, message), requestId, message);
        String path = path(request);
        if (exchange.isEmpty()) {
            accessLog.add(new AccessLog.Answer(
                    Instant.now(), request.method(), path, error.status(), 0, 0, requestId, "-", ""));
        }
        connection.lingerAtClose();
        var response = TransportResponse.builder()
                .status(Status.create(error.status()))
                .keepAlive(false)
                .header(Exchange.REQUEST_ID, requestId)
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HeaderValues.CONNECTION_CLOSE);
        if (!request.method().equals("HEAD")) {
            response.entity(Problems.write(error, path));
        }
        return response.build();
    }

    /// Helidon knows a status for a target that is too long, but none for headers.
    private static int status(Status ofHelidon, String message) {
        return message.equals(HEADERS_TOO_LARGE) ? 431 : ofHelidon.code();
    }

    private static ApiException refusal(TransportRequest request, int status, String requestId, String message) {
        List<String> hosts = request.headers().all(HeaderNames.HOST, List::of);
        if (status == 400 && (hosts.size() > 1 || message.startsWith(NO_HOST))) {
            return ApiException.of(421, "the request must name one Host");
        }
        if (status == 400 && request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
            return ApiException.of(415, "bodies must not be encoded (Content-Encoding)");
        }
        return switch (status) {
            case 400 -> ApiException.badRequest(null, "the request is not well-formed HTTP/1.1");
            case 413 -> ApiException.of(413, "the body is larger than this service accepts");
            case 414 -> ApiException.of(414, "the request's target is too long");
            case 431 -> ApiException.of(431, "the request's headers are too large");
            case 503 -> ApiException.of(503, "the service is too busy");
            default ->
                status >= 400 && status < 500
                        ? ApiException.of(status, "the request was refused")
                        : Problems.internal(requestId);
        };
    }

    /// Without the query, which may hold a ticket.
    private static String path(TransportRequest request) {
        String target = request.path();
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        return path.startsWith("/") ? path : "/";
    }
}
