package dev.sluice.service.http;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An error that a client is told about, as problem details (RFC 9457).
///
/// Whatever stands in it reaches the client: no secret, no SQL, no text of another exception. Carries no stack
/// trace,
/// since it is an answer and not a failure.
public class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String detail;
    private final @Nullable String field;
    private final transient Map<String, String> headers;
    private final transient @Nullable Object current;

    /// @param status 400-599
    /// @param detail what was wrong and what to do about it
    /// @param field the request field at fault, or null
    /// @param headers further headers of the answer
    /// @param current the state that made the request fail, written as JSON, or null
    public ApiException(
            int status, String detail, @Nullable String field, Map<String, String> headers, @Nullable Object current) {
        super(detail, null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("not an error status: " + status);
        }
        this.status = status;
        this.detail = detail;
        this.field = field;
        this.headers = Map.copyOf(headers);
        this.current = current;
    }

    /// Makes an error that is only a status and a sentence.
    public static ApiException of(int status, String detail) {
        return new ApiException(status, detail, null, Map.of(), null);
    }

    /// 404: it does not exist, or not for this caller.
    public static ApiException notFound(String detail) {
        return of(404, detail);
    }

    /// 400: the request cannot be understood.
    ///
    /// @param field the field at fault, or null
    public static ApiException badRequest(@Nullable String field, String detail) {
        return new ApiException(400, detail, field, Map.of(), null);
    }

    /// 422: understood, but a value is not acceptable.
    ///
    /// @param field the field at fault, or null
    public static ApiException unprocessable(@Nullable String field, String detail) {
        return new ApiException(422, detail, field, Map.of(), null);
    }

    /// 401: nobody, or not believed; asks for a bearer token (RFC 6750).
    public static ApiException unauthorized(String detail) {
        return new ApiException(401, detail, null, Map.of("WWW-Authenticate", "Bearer realm=\"sluice\""), null);
    }

    /// 403: known, and not allowed to.
    public static ApiException forbidden(String detail) {
        return of(403, detail);
    }

    /// 409: the state of things forbids it.
    public static ApiException conflict(String detail) {
        return of(409, detail);
    }

    /// 412: the state has moved on; the answer carries it.
    ///
    /// @param current the state as it is now
    public static ApiException preconditionFailed(String detail, Object current) {
        return new ApiException(412, detail, null, Map.of(), current);
    }

    /// 429 with Retry-After, whole seconds, rounded up.
    public static ApiException tooManyRequests(String detail, Duration retryAfter) {
        return new ApiException(429, detail, null, retryAfter(retryAfter), null);
    }

    /// 502: a provider failed.
    public static ApiException badGateway(String detail) {
        return of(502, detail);
    }

    /// 503 with Retry-After, whole seconds, rounded up.
    public static ApiException unavailable(String detail, Duration retryAfter) {
        return new ApiException(503, detail, null, retryAfter(retryAfter), null);
    }

    /// 504: a deadline passed.
    public static ApiException gatewayTimeout(String detail) {
        return of(504, detail);
    }

    /// Returns the HTTP status.
    public int status() {
        return status;
    }

    /// Returns the sentence for the client.
    public String detail() {
        return detail;
    }

    /// Returns the request field at fault.
    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /// Returns further headers of the answer.
    public Map<String, String> headers() {
        return headers;
    }

    /// Returns the state that made the request fail.
    public Optional<Object> current() {
        return Optional.ofNullable(current);
    }

    private static Map<String, String> retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return Map.of("Retry-After", Long.toString(seconds));
    }
}
