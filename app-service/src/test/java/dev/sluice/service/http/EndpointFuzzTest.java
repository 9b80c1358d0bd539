package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.service.RunningSluice;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hostile requests to every endpoint of the whole service, over connections that go on as long as it
/// lets them.
///
/// A client waits for twenty seconds at most, so that a hang is a failure.
final class EndpointFuzzTest {
    private static final int REQUESTS = Integer.getInteger("sluice.fuzz.requests", 10_000);
    private static final long SEED = Long.getLong("sluice.fuzz.seed", 1L);
    /// As many in turn may change something, and must not.
    private static final int TURN = 50;
    /// So that threads do not grow without end, and the test takes its time for them.
    private static final int CROWDED = 20 * TURN;
    private static final String[] CLIENT = {"x-org-id", "acme"};

    @TempDir
    private Path directory;

    private CapturedLog log;
    private RunningSluice service;
    private String[] operator;
    private List<String> threads;
    private Fuzzer fuzzer;
    private RawClient connection;
    private int connections;

    @BeforeEach
    void start() throws Exception {
        log = new CapturedLog();
        service = RunningSluice.on(
                directory,
                Map.of(
                        "MOCK_TTFT_MS", "0",
                        "MOCK_CHUNK_MS", "0",
                        "MOCK_RPS", "10000",
                        "MOCK_BURST", "10000",
                        "CONSOLIDATION_WINDOW", "1h"));
        String token = service.operatorToken();
        operator = new String[] {"Authorization", "Bearer " + token};
        threads = new ArrayList<>(List.of("", "", ""));
        fuzzer = new Fuzzer(SEED, service.port(), token, threads, List.of(sender(), "s1"));
        connection = RawClient.to(service.port());
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        service.close();
        log.close();
    }

    @Test
    @DisplayName("X1 hostile requests to every endpoint: no failure of ours, no hang; what is refused changes nothing")
    void hostileRequests() throws Exception {
        var statuses = new TreeMap<Integer, Integer>();
        for (int sent = 0; sent < REQUESTS; ) {
            if (sent % CROWDED == 0) {
                renewThreads();
            }
            for (int i = 0; i < TURN; i++, sent++) {
                int status = answered(fuzzer.wild(), sent);
                assertThat(status < 500 || status == 503 || status == 504)
                        .as(() -> "HTTP " + status)
                        .isTrue();
                statuses.merge(status, 1, Integer::sum);
            }
            String before = state();
            for (int i = 0; i < TURN; i++, sent++) {
                int status = answered(fuzzer.refused(), sent);
                assertThat(status).isBetween(400, 499);
                statuses.merge(status, 1, Integer::sum);
            }
            assertThat(state()).as("after request %d of seed %d", sent, SEED).isEqualTo(before);
        }

        assertThat(statuses.keySet()).contains(200, 400, 401, 403, 404, 405, 415, 421, 422);
        assertThat(connections).as("of those a client has to open anew").isLessThan(REQUESTS / 2);
        assertThat(log.complaints()).isEmpty();
        assertThat(json(service.post("/api/threads/" + threads.getFirst() + "/messages", "{\"content\":\"q\"}", CLIENT)
                                .body())
                        .path("assistant_message")
                        .path("content")
                        .asText())
                .isNotBlank();
    }

    /// Lets somebody text, and returns the id by which operators know who it was.
    private String sender() throws Exception {
        service.post("/api/webhook/sms-received", "{\"guid\":\"g\",\"number\":\"+639171234567\",\"message\":\"m\"}");
        return json(service.get("/api/ops/senders", operator).body())
                .path("senders")
                .path(0)
                .path("sender_id")
                .asText();
    }

    private void renewThreads() throws Exception {
        for (int i = 0; i < threads.size(); i++) {
            var made = service.post("/api/threads/", "{}", CLIENT);
            threads.set(i, json(made.body()).path("thread_id").asText());
        }
    }

    /// Sends a request and returns its answer's status.
    private int answered(FuzzedRequest request, int number) {
        try {
            RawAnswer answer = exchange(request);
            if (headOnly(request)
                    || answer.header("Connection").filter("close"::equals).isPresent()) {
                reconnect();
            }
            if (answer.status() >= 400 && !headOnly(request)) {
                answer.problem(answer.status());
            }
            return answer.status();
        } catch (IOException | RuntimeException | AssertionError fault) {
            throw new AssertionError("request " + number + " of seed " + SEED + ": " + request, fault);
        }
    }

    private RawAnswer exchange(FuzzedRequest request) throws IOException {
        try {
            return send(request);
        } catch (EOFException | SocketException closed) {
            // announced by nobody, as when the service was idle for too long: a client asks again
            reconnect();
            return send(request);
        }
    }

    private RawAnswer send(FuzzedRequest request) throws IOException {
        connection.send(request.bytes());
        return headOnly(request) ? connection.headAnswer() : connection.answer();
    }

    /// Tells whether only the answer's head is read: there is no more, or no end to it.
    private static boolean headOnly(FuzzedRequest request) {
        return request.head() || request.target.startsWith("/api/ops/stream");
    }

    private void reconnect() throws IOException {
        connection.close();
        connection = RawClient.to(service.port());
        connections++;
    }

    /// Returns all that a refused request could have changed.
    private String state() throws Exception {
        var state = new StringBuilder(service.get("/api/threads/", CLIENT).body());
        for (String thread : threads) {
            state.append(service.get("/api/threads/" + thread, CLIENT).body());
        }
        state.append(service.get("/api/ops/settings", operator).body());
        JsonNode senders = json(service.get("/api/ops/senders", operator).body());
        state.append(senders.path("senders")).append(senders.path("total"));
        JsonNode audit = json(service.get("/api/ops/audit?limit=1", operator).body());
        return state.append(audit.path("entries")).toString();
    }

    private static JsonNode json(String text) throws IOException {
        return Json.mapper().readTree(text);
    }
}
