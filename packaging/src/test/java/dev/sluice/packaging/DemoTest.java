package dev.sluice.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The demo against a service that answers by rote: only what it prints and how it ends is of interest.
class DemoTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;
    private boolean simulated = true;
    private int askStatus = 200;
    private int textStatus = 200;

    DemoTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void roundPrintsTheRolesThatTheResponsesName() {
        int status = run("--url", url(), "--rounds", "1");

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString())
                .contains("round 1 (simulated provider)")
                .containsPattern(
                        "burst .*50 identical questions, 10 at a time: 1 leader, 49 followers; 0 provider calls")
                .containsPattern(
                        "streams .*10 identical streams at once: 10 reused; .*10 ended well, all with the same")
                .containsPattern("singles .*3 different questions, one by one: 3 followers")
                .contains("texts    6 texts of 3 senders")
                .contains("7 leaders, 42 followers (2 of them reused), 3 bypassed; ratio 0.857; 11 provider calls, 39"
                        + " saved")
                .doesNotContain("round 2");
    }

    @Test
    void realAnswersArePlayedOnceUnlessAskedFor() {
        simulated = false;

        assertThat(run("--url", url())).isZero();
        assertThat(out.toString()).contains("round 1 (real provider)").doesNotContain("round 2");
    }

    @Test
    void textsThatAreNotTakenEndNoDemo() {
        textStatus = 401;

        assertThat(run("--url", url(), "--rounds", "1")).isZero();
        assertThat(out.toString()).contains("not taken (HTTP 401)");
    }

    @Test
    void missingServiceIsAnErrorThatSaysWhatToDo() throws IOException {
        int closedPort;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }

        assertThat(run("--url", "http://127.0.0.1:" + closedPort)).isEqualTo(1);
        assertThat(err.toString()).contains("no service answers at", "packaging/sluice service");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusedRequestIsAnErrorWithTheServicesWords() {
        askStatus = 429;

        assertThat(run("--url", url())).isEqualTo(1);
        assertThat(err.toString()).contains("HTTP 429", "too many");
    }

    @Test
    void wrongOptionsEndWithStatus2() {
        assertThat(run("--rounds", "many")).isEqualTo(2);
        assertThat(run("--rounds", "0")).isEqualTo(2);
    }

    private int run(String... arguments) {
        return Demo.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/api/threads/")) {
            send(exchange, 200, "{\"thread_id\":\"t\",\"created_at\":\"2025-01-01T00:00:00Z\"}");
        } else if (path.equals("/api/metrics/performance")) {
            send(exchange, 200, METRICS);
        } else if (path.equals("/api/webhook/sms-received")) {
            send(exchange, textStatus, "{}");
        } else if (path.endsWith("/stream")) {
            exchange.getResponseHeaders().set("Sluice-Role", "reused");
            send(
                    exchange,
                    200,
                    "event: ping\ndata: {}\n\nid: e:1\nevent: delta\ndata: {}\n\nevent: done\ndata: {}\n\n");
        } else if (askStatus != 200) {
            send(exchange, askStatus, "{\"detail\":\"too many\"}");
        } else {
            exchange.getResponseHeaders().set("Sluice-Role", asked.getAndIncrement() == 0 ? "leader" : "follower");
            send(exchange, 200, turn());
        }
    }

    private String turn() {
        String message =
                "{\"id\":\"m\",\"role\":\"user\",\"content\":\"x\",\"sequence\":1,\"created_at\":\"2025-01-01T00:00:00Z\","
                        + "\"citations\":[],\"meta\":{\"latency_ms\":1,\"request_id\":\"r\",\"simulated\":" + simulated
                        + "}}";
        return "{\"user_message\":" + message + ",\"assistant_message\":" + message + "}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static final String METRICS = """
        {"total_requests":49,
         "ttft":{"p50":0,"p95":0,"p99":0,"target_p95":1.5,"meets_target":true},
         "latency":{"p50":0,"p95":0,"p99":0,"target_p50":3.5,"target_p95":6.0,"meets_p50_target":true,"meets_p95_target":true},
         "ttft_ms":{"p50":0,"p95":0,"p99":0,"min":0,"max":0,"count":0},
         "latency_ms":{"p50":0,"p95":0,"p99":0,"min":0,"max":0,"count":0},
         "queue_wait_ms":{"p50":0,"p95":0,"p99":0,"target_p95":1000,"meets_target":true},
         "tokens":{"total":0,"prompt":0,"completion":0,"avg_per_request":0},
         "errors":{"total":0,"rate":0,"target":0.01,"meets_target":true},
         "error_rate":0,
         "streaming":{"enabled_requests":0,"percentage":0},
         "coalesce":{"leaders":7,"followers":42,"reused":2,"bypassed":3,"rejected":0,"ratio":0.857,"provider_calls":11,"calls_saved":39},
         "sms":{"messages":0,"duplicates":0,"batches":0,"classifications":0,"replies":0,"saved_calls":0,"saved_replies":0},
         "cache_hit":{"count":2},
         "phase1_compliance":{"ttft_target_met":true,"latency_p50_target_met":true,"latency_p95_target_met":true,"error_target_met":true,"overall_passing":true}}
        """;
}
