package dev.sluice.service.http;

import dev.sluice.model.Problem;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.List;
import java.util.Optional;

/// Answers what Helidon refuses before a request reaches us, in our words: Helidon's may hold bytes of the
/// request.
final class TransportErrors implements DirectHandler {
    private static final String OURS = "/";

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
        ApiException error = refusal(request, defaultStatus.code(), requestId);
        String path = path(request);
        if (exchange.isEmpty()) {
            AccessLog.write(request.method(), path, error.status(), 0, 0, requestId, "-");
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

    private static ApiException refusal(TransportRequest request, int status, String requestId) {
        List<String> hosts = request.headers().all(HeaderNames.HOST, List::of);
        if (status == 400 && request.path().startsWith(OURS) && hosts.size() != 1) {
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

    private static String path(TransportRequest request) {
        return Optional.of(request.path()).filter(path -> path.startsWith("/")).orElse("/");
    }
}
