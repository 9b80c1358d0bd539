package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Kills the service in the middle of its work, again and again, over the same data.
@SuppressWarnings("try") // closing waits for the process, and a test that is interrupted must know
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher there is a batch file")
class KillSystemTest {
    private static final int ROUNDS = Integer.getInteger("sluice.kill.rounds", 10);
    private static final long SEED = Long.getLong("sluice.kill.seed", 1L);
    private static final Duration SOON = Duration.ofSeconds(5);
    /// As fast as the service can: what is under test is what it stores.
    private static final Map<String, String> BUSY =
            Map.of("MOCK_TTFT_MS", "1", "MOCK_CHUNK_MS", "0", "MOCK_RPS", "10000", "MOCK_BURST", "10000");

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final List<ToldThread> told = new ArrayList<>();
    private final List<ToldSession> seen = new ArrayList<>();
    private final List<Duration> starts = new ArrayList<>();
    private final PhoneNetwork network;
    private final Map<String, String> environment = new HashMap<>(BUSY);

    KillSystemTest() throws IOException {
        network = new PhoneNetwork(true);
        environment.putAll(ToldTexts.settings(network));
    }

    @AfterEach
    void closeNetwork() {
        network.close();
    }

    @Test
    @DisplayName(
            "X3 R5 S1 S13 killed in the middle of its work: all it acknowledged is there, nothing is half there, no"
                    + " event is another than was seen, each text is in one batch, no batch is answered twice, and it is"
                    + " ready again within five seconds")
    void everythingAcknowledgedSurvives() throws Exception {
        ToldSettings settings = null;
        ToldTexts texts = null;
        String token = "";
        for (int round = 0; round <= ROUNDS; round++) {
            try (var service = start();
                    var client = new OldClient(service.base())) {
                if (settings == null || texts == null) {
                    String own = Files.readString(directory.resolve("operator.token"))
                            .strip();
                    settings = new ToldSettings(own);
                    texts = new ToldTexts(own);
                    token = TokenCommand.run(directory, "create", "--role", "operator")
                            .strip();
                }
                check(client, settings, token, "round " + round + " of seed " + SEED);
                if (round < ROUNDS) {
                    workUntilKilled(service, client, new Told(settings, texts), "round-" + round);
                } else {
                    texts.check(client, network);
                }
            }
        }
        // the fastest: the others may have waited for a busy machine, and none for a repair
        System.out.println("ready again after, in ms: "
                + starts.stream().map(Duration::toMillis).sorted().toList());
        assertThat(Collections.min(starts.subList(1, starts.size()))).isLessThan(SOON);
    }

    private void check(OldClient client, ToldSettings settings, String token, String when) throws Exception {
        try {
            for (ToldThread each : told) {
                each.check(client);
            }
            for (ToldSession each : seen) {
                each.check(client);
            }
            if (!told.isEmpty()) {
                told.getFirst().checkRepeating(client);
            }
            settings.check(client);
            assertThat(client.send("GET", "/api/ops/snapshot", "", Map.of("Authorization", "Bearer " + token))
                            .statusCode())
                    .isEqualTo(200);
        } catch (AssertionError fault) {
            throw new AssertionError(when + ": " + fault.getMessage(), fault);
        }
        told.clear();
        seen.clear();
    }

    private void workUntilKilled(RunningService service, OldClient client, Told all, String name)
            throws InterruptedException {
        int enough = 20 + random.nextInt(200);
        try (var busy = new BusyClients(client, all.settings, all.texts, name)) {
            while (busy.acknowledged() < enough && busy.faults().isEmpty()) {
                LockSupport.parkNanos(200_000);
            }
            busy.expectTheEnd();
            service.kill();
            busy.close();
            assertThat(busy.faults()).as("%s of seed %d", name, SEED).isEmpty();
            told.addAll(busy.threads());
            seen.addAll(busy.sessions());
        }
    }

    /// Starts it, and measures how long it took to be ready and what it took of the processor.
    private RunningService start() throws Exception {
        long since = System.nanoTime();
        RunningService service = RunningService.start(directory, environment);
        try (var client = new OldClient(service.base())) {
            assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
            starts.add(Duration.ofNanos(System.nanoTime() - since));
            // a restart that redoes work without end: a busy machine alone takes twice the time, not eight times
            assertThat(service.processorTime()).isLessThan(SOON.multipliedBy(8));
        } catch (IOException | AssertionError fault) {
            service.close();
            throw fault;
        }
        return service;
    }

    /// What was acknowledged over all lives of the service.
    private record Told(ToldSettings settings, ToldTexts texts) {}
}
