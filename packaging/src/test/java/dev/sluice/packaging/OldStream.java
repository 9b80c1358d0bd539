package dev.sluice.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an event stream as the old scripts do: frames end at LF LF, payloads are lines that start with `data:
/// `, and
/// the payload's own fields say what it is.
final class OldStream implements AutoCloseable {
    private static final String DATA = "data: ";

    private final String role;
    private final InputStream body;
    private final StringBuilder pending = new StringBuilder();
    private final byte[] buffer = new byte[4096];

    OldStream(HttpResponse<InputStream> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError("HTTP " + response.statusCode());
        }
        this.role = response.headers().firstValue("Sluice-Role").orElse("");
        this.body = response.body();
    }

    String role() {
        return role;
    }

    /// Reads to the first payload of that `type` and returns all read so far.
    List<JsonNode> readTo(String type) throws IOException {
        List<JsonNode> payloads = new ArrayList<>();
        while (payloads.isEmpty() || !payloads.getLast().path("type").asText().equals(type)) {
            JsonNode next = next();
            if (next == null) {
                throw new AssertionError("the stream ended without " + type + ", after " + payloads);
            }
            payloads.add(next);
        }
        return payloads;
    }

    /// Reads everything.
    Transcript readAll() throws IOException {
        List<JsonNode> payloads = new ArrayList<>();
        for (JsonNode next = next(); next != null; next = next()) {
            payloads.add(next);
        }
        return new Transcript(role, payloads);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private @Nullable JsonNode next() throws IOException {
        while (true) {
            int end = pending.indexOf("\n\n");
            if (end < 0) {
                int n = body.read(buffer);
                if (n < 0) {
                    return null;
                }
                pending.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                continue;
            }
            String frame = pending.substring(0, end);
            pending.delete(0, end + 2);
            for (String line : frame.split("\n", -1)) {
                if (line.startsWith(DATA)) {
                    return Json.mapper().readTree(line.substring(DATA.length()));
                }
            }
        }
    }

    /// @param role the response's `Sluice-Role`
    /// @param payloads in order
    record Transcript(String role, List<JsonNode> payloads) {
        /// What the answer says.
        String text() {
            var text = new StringBuilder();
            payloads.forEach(payload -> text.append(payload.path("delta").asText()));
            return text.toString();
        }

        /// What all listeners of one call get alike: everything but the frames of the one request.
        List<JsonNode> shared() {
            return payloads.stream()
                    .filter(payload -> List.of("delta", "done", "error")
                            .contains(payload.path("type").asText()))
                    .toList();
        }

        boolean sawTimeToFirstToken() {
            return payloads.stream().anyMatch(payload -> payload.path("ttft_ms").isNumber());
        }

        boolean done() {
            return !payloads.isEmpty()
                    && payloads.getLast().path("type").asText().equals("done");
        }
    }
}
