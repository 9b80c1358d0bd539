package dev.sluice.ui.link;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// `service.json`: what a service leaves in its data directory while it runs, and may leave behind if it is killed.
///
/// @param url the address it listens on
/// @param pid its process
/// @param instanceId random per start
record RunningService(URI url, long pid, String instanceId) {
    /// Its process lives, so a slow answer means a busy machine; starting another one beside it would fail.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /// Returns whether this very service still answers. A token is only sent to it after that: whoever else got hold
    /// of its port must not see one.
    boolean answers(HttpClient http) throws InterruptedException {
        if (!Endpoint.valid(url) || !Endpoint.loopback(url) || !alive()) {
            return false;
        }
        var request = HttpRequest.newBuilder(Endpoint.at(url, "/health"))
                .timeout(PATIENCE)
                .GET()
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            var health = Json.mapper().readTree(response.body());
            return health.isObject() && sameInstance(health);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private boolean sameInstance(JsonNode health) {
        var said = health.path("instance_id");
        return said.isMissingNode() || said.asText().equals(instanceId);
    }
}
