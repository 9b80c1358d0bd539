package dev.sluice.ui.link;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.Problem;
import dev.sluice.model.ops.AuditView;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks and commands the service. Each call blocks its (virtual) thread for at most the given patience.
///
/// Thread-safe.
public final class OpsClient {
    /// How long a command may take.
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String SETTINGS = "/api/ops/settings";

    private final HttpClient http;
    private final Supplier<Optional<Endpoint>> endpoint;
    private final Duration patience;

    /// Creates a client of whatever service the console is connected to at the time of each call.
    public OpsClient(HttpClient http, Supplier<Optional<Endpoint>> endpoint, Duration patience) {
        this.http = http;
        this.endpoint = endpoint;
        this.patience = patience;
    }

    /// Returns all live settings.
    public SettingsView settings() {
        return ask(request(SETTINGS).GET(), SettingsView.class);
    }

    /// Returns what a change would do, without doing it.
    public SettingsPreview preview(SettingsView seen, String name, String value) {
        return ask(patch("?dry_run=1", seen, Map.of(name, value)), SettingsPreview.class);
    }

    /// Changes a setting, provided that nobody changed any since `seen`.
    ///
    /// @param revertAfter after how long the service takes it back, `10m`; empty for never
    public SettingsView change(
            SettingsView seen, String name, String value, Optional<String> reason, Optional<String> revertAfter) {
        var body = new LinkedHashMap<String, String>();
        body.put(name, value);
        reason.ifPresent(why -> body.put("reason", why));
        revertAfter.ifPresent(time -> body.put("revert_after", time));
        return ask(patch("", seen, body), SettingsView.class);
    }

    /// Returns a page of the audit, newest first.
    public AuditView audit(AuditQuery query) {
        return ask(request("/api/ops/audit" + query.text()).GET(), AuditView.class);
    }

    /// Returns the whole state, as at the beginning of the stream.
    public OpsSnapshot snapshot() {
        return ask(request("/api/ops/snapshot").GET(), OpsSnapshot.class);
    }

    /// Has the service end a flight. That it is ended is told by its events.
    public void cancelFlight(String id, Optional<String> reason) {
        var body = reason.map(why -> Map.of("reason", why)).orElse(Map.of());
        var path = "/api/ops/flights/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/cancel";
        ask(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))),
                JsonNode.class);
    }

    private HttpRequest.Builder patch(String query, SettingsView seen, Map<String, String> body) {
        return request(SETTINGS + query)
                .header("Content-Type", "application/json")
                .header("If-Match", seen.etag())
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    private HttpRequest.Builder request(String path) {
        return endpoint.get()
                .orElseThrow(() -> new LinkException.NoAnswer("The console is not connected to a service", null))
                .request(path)
                .header("Accept", "application/json")
                .timeout(patience);
    }

    private <T> T ask(HttpRequest.Builder request, Class<T> type) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw refusal(response.statusCode(), response.body());
            }
            return Json.mapper().readValue(response.body(), type);
        } catch (HttpTimeoutException e) {
            throw new LinkException.NoAnswer("The service did not answer within " + patience.toMillis() + " ms", e);
        } catch (JsonProcessingException e) {
            throw new LinkException.NoAnswer("The service answered something that is no " + type.getSimpleName(), e);
        } catch (IOException e) {
            throw new LinkException.NoAnswer("The service cannot be reached: " + reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException.NoAnswer("The console stopped waiting for the answer", e);
        }
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
        return message != null ? message : e.getClass().getSimpleName();
    }
}
