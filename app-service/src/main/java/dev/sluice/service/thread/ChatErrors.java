package dev.sluice.service.thread;

import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.store.StoreUnavailableException;
import java.time.Duration;

/// Says how a failed flight is answered over HTTP.
final class ChatErrors {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private ChatErrors() {}

    /// @param age how long ago the flight failed; taken off Retry-After
    static ApiException toApi(FlightException failure, Duration age) {
        String detail = failure.message();
        return switch (failure.kind()) {
            case CANCELLED -> ApiException.of(503, detail);
            case STOPPED -> ApiException.unavailable(detail, LATER);
            case OVERLOADED -> ApiException.unavailable(detail, left(failure, age));
            case TOO_LARGE -> ApiException.badGateway(detail);
            case FAILED, NOT_BEGUN ->
                switch (failure.getCause()) {
                    case ProviderException provider -> ofProvider(provider, left(failure, age));
                    case ThreadGoneException _ -> ApiException.notFound(detail);
                    case StoreUnavailableException _ -> ApiException.unavailable(detail, SOON);
                    case null, default -> ApiException.of(500, detail);
                };
        };
    }

    static ApiException ofProvider(ProviderException failure, Duration retryAfter) {
        String detail = failure.message();
        return switch (failure.kind()) {
            case NOT_CONFIGURED -> ApiException.badRequest("provider", detail);
            case RATE_LIMITED -> ApiException.tooManyRequests(detail, retryAfter);
            case QUEUE_FULL, QUEUE_TIMEOUT -> ApiException.unavailable(detail, retryAfter);
            case TIMEOUT, IDLE -> ApiException.gatewayTimeout(detail);
            case UNAUTHORIZED, QUOTA, BAD_REQUEST, SERVER, CONNECT, TRUNCATED, PROTOCOL ->
                ApiException.badGateway(detail);
        };
    }

    private static Duration left(FlightException failure, Duration age) {
        Duration wait = failure.retryAfter().orElse(SOON).minus(age);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
