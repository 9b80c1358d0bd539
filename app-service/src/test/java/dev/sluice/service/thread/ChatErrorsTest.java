package dev.sluice.service.thread;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.coalesce.FlightException;
import dev.sluice.service.http.ApiException;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChatErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "NOT_CONFIGURED, 400, false",
        "UNAUTHORIZED, 502, false",
        "QUOTA, 502, false",
        "RATE_LIMITED, 429, true",
        "BAD_REQUEST, 502, false",
        "SERVER, 502, false",
        "TIMEOUT, 504, false",
        "CONNECT, 502, false",
        "IDLE, 504, false",
        "TRUNCATED, 502, false",
        "PROTOCOL, 502, false",
        "QUEUE_FULL, 503, true",
        "QUEUE_TIMEOUT, 503, true"
    })
    void statusOfAProvidersFailure(ProviderException.Kind kind, int status, boolean retryAfter) {
        var failure = new ProviderException(kind, "what happened").withRetryAfter(Duration.ofSeconds(7));

        ApiException answer = ChatErrors.toApi(failed(failure, Duration.ofSeconds(7)), Duration.ZERO);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.detail()).isEqualTo("what happened");
        assertThat(answer.headers()).isEqualTo(retryAfter ? Map.of("Retry-After", "7") : Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasAnAnswer(ProviderException.Kind kind) {
        assertThat(ChatErrors.ofProvider(new ProviderException(kind, "x"), Duration.ZERO)
                        .status())
                .isBetween(400, 504);
    }

    @ParameterizedTest
    @CsvSource({"0, 7", "400, 7", "2000, 5", "6900, 1", "7000, 1", "99000, 1"})
    @DisplayName("C9 Retry-After is passed on minus the failure's age, at least a second")
    void retryAfterMinusAge(int ageMillis, String seconds) {
        var failure = new ProviderException(ProviderException.Kind.RATE_LIMITED, "too many");

        ApiException answer = ChatErrors.toApi(failed(failure, Duration.ofSeconds(7)), Duration.ofMillis(ageMillis));

        assertThat(answer.headers()).containsEntry("Retry-After", seconds);
    }

    @Test
    @DisplayName("C9 a 429 without advice says one second")
    void noAdvice() {
        var failure = new ProviderException(ProviderException.Kind.RATE_LIMITED, "too many");

        assertThat(ChatErrors.toApi(failed(failure, null), Duration.ZERO).headers())
                .containsEntry("Retry-After", "1");
    }

    @Test
    @DisplayName("C24 a thread deleted in mid-flight is 404")
    void goneThread() {
        assertThat(ChatErrors.toApi(failed(new ThreadGoneException("t1"), null), Duration.ZERO)
                        .status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("D4 a store that is down is 503 with Retry-After")
    void storeDown() {
        var down = new StoreUnavailableException(StoreUnavailableException.Reason.DISK_FULL, "/secret/path", null);

        ApiException answer = ChatErrors.toApi(failed(down, null), Duration.ZERO);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "1");
        assertThat(answer.detail()).isEqualTo("told to clients").doesNotContain("secret");
    }

    @Test
    @DisplayName("C6 C21 what was cancelled or stopped is 503, what is too large 502, what is unknown 500")
    void otherKinds() {
        assertThat(status(FlightException.Kind.CANCELLED)).isEqualTo(503);
        assertThat(status(FlightException.Kind.STOPPED)).isEqualTo(503);
        assertThat(status(FlightException.Kind.TOO_LARGE)).isEqualTo(502);
        assertThat(status(FlightException.Kind.FAILED)).isEqualTo(500);
        assertThat(ChatErrors.toApi(flight(FlightException.Kind.STOPPED, null), Duration.ZERO)
                        .headers())
                .containsEntry("Retry-After", "5");
    }

    @Test
    @DisplayName("X2 the cause's words never reach a client")
    void causeStaysInside() {
        ApiException answer =
                ChatErrors.toApi(failed(new IllegalStateException("SELECT password FROM users"), null), Duration.ZERO);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.detail()).isEqualTo("told to clients");
    }

    private static int status(FlightException.Kind kind) {
        return ChatErrors.toApi(flight(kind, null), Duration.ZERO).status();
    }

    private static FlightException failed(Throwable cause, @Nullable Duration retryAfter) {
        String message = cause instanceof ProviderException provider ? provider.message() : "told to clients";
        return new FlightException(FlightException.Kind.FAILED, message, false, retryAfter, cause);
    }

    private static FlightException flight(FlightException.Kind kind, @Nullable Throwable cause) {
        return new FlightException(kind, "told to clients", false, null, cause);
    }
}
