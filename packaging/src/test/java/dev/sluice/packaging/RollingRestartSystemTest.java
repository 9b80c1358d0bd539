package dev.sluice.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.sse.SseEvent;
import dev.sluice.model.sse.SseParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A service that is stopped and started again under clients that read streams.
@Timeout(180)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields first
class RollingRestartSystemTest {
    private static final int CLIENTS = 12;
    private static final int EVENTS = 60;
    private static final Instant WHEN = Instant.parse("2026-01-31T08:00:00Z");

    @TempDir
    private Path dataDirectory;

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private WholeSystem system;

    @BeforeEach
    void start() throws Exception {
        system = WholeSystem.start(dataDirectory);
    }

    @AfterEach
    void stop() throws Exception {
        system.close();
        clients.close();
    }

    @Test
    @DisplayName("R12 X4 streams cut by a restart end with a whole frame; resumed at the new one they miss nothing")
    void streamsGoOnAtTheNextOne() throws Exception {
        String path = recorded();
        var reading = new CountDownLatch(CLIENTS);
        List<Future<Reading>> readings = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            // an hour lies between some of its events: nobody has it all before the service stops
            InputStream body =
                    system.client.open(path + "?pace=1&after=" + i * 3, "").body();
            readings.add(clients.submit(() -> Reading.of(body, reading)));
        }
        assertThat(reading.await(60, TimeUnit.SECONDS)).as("all of them read").isTrue();

        assertThat(system.service.terminate(10)).isZero();
        system.restart();

        for (int i = 0; i < CLIENTS; i++) {
            Reading cut = readings.get(i).get();
            assertThat(cut.wire()).as("ends with a whole frame").endsWith("\n\n");
            List<String> seen = new ArrayList<>(cut.data());
            assertThat(seen).hasSizeBetween(1, EVENTS - 1 - i * 3);
            try (InputStream body =
                    system.client.open(path, cut.events().getLast().id()).body()) {
                seen.addAll(Reading.of(body, new CountDownLatch(1)).data());
            }
            assertThat(seen).isEqualTo(numbers(i * 3 + 1));
        }
    }

    /// Returns where the events of a session are that has an hour before each tenth.
    private String recorded() throws Exception {
        List<SessionFile.Event> events = new ArrayList<>();
        for (int n = 1; n <= EVENTS; n++) {
            events.add(new SessionFile.Event(
                    WHEN.plus(Duration.ofHours(n / 10)), n == EVENTS ? "done" : "delta", Integer.toString(n)));
        }
        String token = Files.readString(dataDirectory.resolve("operator.token")).strip();
        var session =
                SessionFile.bring(SessionFile.of("recorded", events), OldClient.ORG, system.service.base(), token);
        return "/api/sessions/" + session.path("id").asText() + "/events";
    }

    private static List<String> numbers(int from) {
        List<String> numbers = new ArrayList<>();
        for (int n = from; n <= EVENTS; n++) {
            numbers.add(Integer.toString(n));
        }
        return numbers;
    }

    /// What one client read of one stream, to its end.
    private record Reading(String wire, List<SseEvent> events) {
        /// @param began counted down at the first event
        static Reading of(InputStream body, CountDownLatch began) throws IOException {
            var wire = new StringBuilder();
            var events = new ArrayList<SseEvent>();
            var parser = new SseParser(event -> {
                if (!event.id().isEmpty()) {
                    events.add(event);
                    if (events.size() == 1) {
                        began.countDown();
                    }
                }
            });
            var buffer = new byte[4096];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                parser.feed(buffer, 0, n);
                wire.append(new String(buffer, 0, n, UTF_8));
            }
            return new Reading(wire.toString(), List.copyOf(events));
        }

        List<String> data() {
            return events.stream().map(SseEvent::data).toList();
        }
    }
}
