package dev.sluice.ui.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.model.Json;
import dev.sluice.model.Problem;
import dev.sluice.model.ops.SettingsView;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The way to the service: sends requests with the token and understands what comes back. Each call blocks
/// its (virtual) thread for at most the given patience.
///
/// Thread-safe.
final class ServiceLine {
    private final HttpClient http;
    private final Supplier<Optional<Endpoint>> endpoint;
    private final Duration patience;

    /// @param endpoint the service the console is connected to, asked at each request
    ServiceLine(HttpClient http, Supplier<Optional<Endpoint>> endpoint, Duration patience) {
        this.http = http;
        this.endpoint = endpoint;
        this.patience = patience;
    }

    /// Begins a request.
    ///
    /// @throws LinkException.NoAnswer if no service was found yet
    HttpRequest.Builder request(String path) {
        return endpoint.get()
                .orElseThrow(() -> new LinkException.NoAnswer("The console is not connected to a service", null))
                .request(path)
                .header("Accept", "application/json")
                .timeout(patience);
    }

    /// Returns the document that answers a request.
    <T> T ask(HttpRequest.Builder request, Class<T> type) {
        try {
            return Json.mapper().readValue(bytes(request), type);
        } catch (JsonProcessingException e) {
            throw new LinkException.NoAnswer("The service answered something that is no " + type.getSimpleName(), e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /// Returns the body that answers a request, whatever it is.
    byte[] bytes(HttpRequest.Builder request) {
        var response = send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw refusal(response.statusCode(), response.body());
        }
        return response.body();
    }

    /// Sends a request whose answer the caller understands.
    <B> HttpResponse<B> send(HttpRequest.Builder request, HttpResponse.BodyHandler<B> body) {
        var built = request.build();
        try {
            return http.send(built, body);
        } catch (HttpTimeoutException e) {
            long waited = built.timeout().orElse(patience).toMillis();
            throw new LinkException.NoAnswer("The service did not answer within " + waited + " ms", e);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException.NoAnswer("The console stopped waiting for the answer", e);
        }
    }

    private static LinkException.NoAnswer unreachable(IOException e) {
        return new LinkException.NoAnswer("The service cannot be reached: " + reason(e), e);
    }

    /// Understands an error answer, whatever its body is.
    static LinkException.Refused refusal(int status, byte[] body) {
        try {
            var problem = Json.mapper().readValue(body, Problem.class);
            return new LinkException.Refused(status, problem.detail(), settingsIn(problem));
        } catch (IOException | IllegalArgumentException e) {
            var text = new String(body, StandardCharsets.UTF_8).strip();
            var shown = text.isEmpty() ? "no explanation" : text.substring(0, Math.min(200, text.length()));
            return new LinkException.Refused(status, "The service answered " + status + ": " + shown, null);
        }
    }

    private static @Nullable SettingsView settingsIn(Problem problem) {
        return problem.status() == 412 && problem.current() != null
                ? Json.mapper().convertValue(problem.current(), SettingsView.class)
                : null;
    }

    static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "nothing answers at its address";
        }
        var message = e.getMessage();
        if (e instanceof SSLException) {
            return message != null && message.contains("PKIX")
                    ? "its certificate is not trusted here; --ca FILE names the certificate to trust"
                    : "TLS failed: " + message;
        }
        return message != null ? message : e.getClass().getSimpleName();
    }
}
