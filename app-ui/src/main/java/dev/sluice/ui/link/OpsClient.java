package dev.sluice.ui.link;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.ops.AuditView;
import dev.sluice.model.ops.OpsSnapshot;
import dev.sluice.model.ops.SettingsPreview;
import dev.sluice.model.ops.SettingsView;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks and commands the service. Each call blocks its (virtual) thread for at most the given patience.
///
/// Thread-safe.
public final class OpsClient {
    /// How long a command may take.
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String SETTINGS = "/api/ops/settings";

    private final ServiceLine line;

    /// Creates a client of whatever service the console is connected to at the time of each call.
    public OpsClient(HttpClient http, Supplier<Optional<Endpoint>> endpoint, Duration patience) {
        this.line = new ServiceLine(http, endpoint, patience);
    }

    /// Returns all live settings.
    public SettingsView settings() {
        return line.ask(line.request(SETTINGS).GET(), SettingsView.class);
    }

    /// Returns what a change would do, without doing it.
    public SettingsPreview preview(SettingsView seen, String name, String value) {
        return line.ask(patch("?dry_run=1", seen, Map.of(name, value)), SettingsPreview.class);
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
        return line.ask(patch("", seen, body), SettingsView.class);
    }

    /// Returns a page of the audit, newest first.
    public AuditView audit(AuditQuery query) {
        return line.ask(line.request("/api/ops/audit" + query.text()).GET(), AuditView.class);
    }

    /// Returns the whole state, as at the beginning of the stream.
    public OpsSnapshot snapshot() {
        return line.ask(line.request("/api/ops/snapshot").GET(), OpsSnapshot.class);
    }

    /// Has the service end a flight. That it is ended is told by its events.
    public void cancelFlight(String id, Optional<String> reason) {
        var body = reason.map(why -> Map.of("reason", why)).orElse(Map.of());
        var path = "/api/ops/flights/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/cancel";
        line.ask(
                line.request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body))),
                JsonNode.class);
    }

    private HttpRequest.Builder patch(String query, SettingsView seen, Map<String, String> body) {
        return line.request(SETTINGS + query)
                .header("Content-Type", "application/json")
                .header("If-Match", seen.etag())
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    }
}
