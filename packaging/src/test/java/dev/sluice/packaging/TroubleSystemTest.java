package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What clients see when the provider, the queue or the service itself fails them.
@Timeout(120)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields first
class TroubleSystemTest {
    @TempDir
    private Path dataDirectory;

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private WholeSystem system;

    @BeforeEach
    void start() throws Exception {
        system = WholeSystem.start(
                dataDirectory,
                Map.of("PERPLEXITY_CONCURRENCY", "1", "PERPLEXITY_QUEUE_TIMEOUT", "2s", "SLUICE_GRACE", "2s"));
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
        clients.close();
    }

    @Test
    @DisplayName(
            "C19 a provider that fails twice is asked a third time; the client sees one answer, one turn is stored")
    void passingFailure() throws Exception {
        String thread = system.client.createThread();
        system.upstream.failNext(2);

        assertThat(system.client.ask(thread, "q").statusCode()).isEqualTo(200);

        assertThat(system.upstream.calls()).isEqualTo(3);
        assertThat(system.client.messagesOf(thread)).hasSize(2);
    }

    @Test
    @DisplayName("C19 a provider that goes on failing is told after three tries")
    void lastingFailure() throws Exception {
        system.upstream.failNext(10);

        assertThat(system.client.ask(system.client.createThread(), "q").statusCode())
                .isEqualTo(502);

        assertThat(system.upstream.calls()).isEqualTo(3);
    }

    @Test
    @DisplayName("C19 the leader's wait for a slot ends; its followers, plain and streamed, share one more flight")
    void followersOutliveTheLeadersWait() throws Exception {
        String busy = system.client.createThread();
        String thread = system.client.createThread();
        system.upstream.hold();
        Future<HttpResponse<String>> holding = submit(() -> system.client.ask(busy, "holds the slot"));
        until(() -> system.upstream.calls() == 1);
        Future<HttpResponse<String>> leader = submit(() -> system.client.ask(thread, "q"));
        until(() -> counted("leaders") == 2);
        Future<HttpResponse<String>> plain = submit(() -> system.client.ask(thread, "q"));
        Future<OldStream.Transcript> streamed = submit(() -> {
            try (var stream = new OldStream(system.client.stream(thread, "q"))) {
                return stream.readAll();
            }
        });
        until(() -> counted("followers") == 2);

        assertThat(leader.get().statusCode()).isEqualTo(503);
        system.upstream.release();

        assertThat(plain.get().statusCode()).isEqualTo(200);
        assertThat(streamed.get().done()).isTrue();
        assertThat(plain.get().body()).contains(streamed.get().text());
        assertThat(holding.get().statusCode()).isEqualTo(200);
        assertThat(system.upstream.calls()).isEqualTo(2);
        assertThat(system.client.messagesOf(thread)).hasSize(2);
    }

    @Test
    @DisplayName(
            "C21 X4 SIGTERM: who waits for a slow provider gets a clear 503 within the grace, not a cut connection")
    void everyoneIsToldOfTheEnd() throws Exception {
        String thread = system.client.createThread();
        system.upstream.hold();
        Future<HttpResponse<String>> leader = submit(() -> system.client.ask(thread, "q"));
        Future<HttpResponse<String>> follower = submit(() -> system.client.ask(thread, "q"));
        until(() -> counted("leaders") + counted("followers") == 2);

        assertThat(system.service.terminate(10)).isZero();

        for (HttpResponse<String> answer : List.of(leader.get(), follower.get())) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("stopping");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    private <T> Future<T> submit(Callable<T> request) {
        return clients.submit(request);
    }

    private long counted(String name) throws Exception {
        return system.client.metrics().path("coalesce").path(name).asLong();
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        while (!condition.call()) {
            Thread.onSpinWait(); // the test's time-out is the limit
        }
    }
}
