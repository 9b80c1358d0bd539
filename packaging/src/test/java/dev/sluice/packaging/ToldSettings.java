package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Changes one setting again and again, and knows which of its changes were acknowledged.
///
/// Used by one thread at a time, over many lives of the service.
final class ToldSettings {
    private static final String NAME = "MOCK_BURST";
    private static final int BASE = 5000;

    private final String token;
    private final List<String> reasons = new ArrayList<>();
    private int tried;

    ToldSettings(String token) {
        this.token = token;
    }

    /// Makes the next change and waits until it is acknowledged.
    void change(OldClient client) throws IOException, InterruptedException {
        String etag =
                get(client, "/api/ops/settings").headers().firstValue("ETag").orElseThrow();
        tried++;
        String change = Json.text(Map.of(NAME, value(tried), "reason", reason(tried)));
        var answer = client.send(
                "PATCH",
                "/api/ops/settings",
                change,
                Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json", "If-Match", etag));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        reasons.add(reason(tried));
    }

    /// Checks that each acknowledged change is in the audit, that the audit is whole, and that the setting is what the
    /// audit says.
    void check(OldClient client) throws IOException, InterruptedException {
        JsonNode chain = json(client, "/api/ops/audit?verify=1&limit=1").path("chain");
        assertThat(chain.path("intact").asBoolean()).as("the chain: %s", chain).isTrue();
        List<String> audited = new ArrayList<>();
        String newest = "";
        for (String line : get(client, "/api/ops/audit/export").body().lines().toList()) {
            JsonNode entry = Json.mapper().readTree(line);
            if (entry.path("subject").asText().equals(NAME)) {
                audited.add(entry.path("reason").asText());
                newest = entry.path("after").asText();
            }
        }
        boolean under = audited.size() > reasons.size(); // the one under way at the kill happened after all
        if (under) {
            reasons.add(reason(tried));
        }
        assertThat(audited).isEqualTo(reasons);
        if (!audited.isEmpty()) {
            assertThat(inForce(client)).isEqualTo(newest);
        }
    }

    private String inForce(OldClient client) throws IOException, InterruptedException {
        for (JsonNode setting : json(client, "/api/ops/settings").path("settings")) {
            if (setting.path("name").asText().equals(NAME)) {
                return setting.path("value").asText();
            }
        }
        throw new AssertionError("no setting " + NAME);
    }

    private JsonNode json(OldClient client, String path) throws IOException, InterruptedException {
        return OldClient.json(get(client, path));
    }

    private HttpResponse<String> get(OldClient client, String path) throws IOException, InterruptedException {
        return client.send("GET", path, "", Map.of("Authorization", "Bearer " + token));
    }

    private static int value(int change) {
        return BASE + change % BASE;
    }

    private static String reason(int change) {
        return "change " + change;
    }
}
