package dev.sluice.service.refactor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.model.Json;
import dev.sluice.model.sse.SseFrames;
import dev.sluice.service.coalesce.VirtualClock;
import dev.sluice.service.http.Until;
import dev.sluice.service.replay.EventLog;
import dev.sluice.service.replay.LogEntry;
import dev.sluice.service.replay.Retention;
import dev.sluice.service.replay.Wakeups;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class RefactorJobTest {
    private static final Decision APPROVED = new Decision.PlanApproved(null);

    private final VirtualClock clock = new VirtualClock();
    private final Wakeups wakeups = Wakeups.start();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Ending> endings = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        threads.shutdownNow();
        wakeups.close();
        clock.close();
    }

    @Test
    @DisplayName("R14 of approval, modification and refusal racing exactly one wins, and the log tells that one")
    void oneDecisionWins() throws Exception {
        for (int seed = 0; seed < 400; seed++) {
            EventLog log = log();
            var job = job(log);
            Future<?> performing = perform(job, course -> course.confirm(Confirmation.PLAN, "?", Map.of()));
            awaitStatus(job, "paused");

            List<Boolean> won = race(
                    seed,
                    () -> job.decide(Confirmation.PLAN, APPROVED) == Verdict.WON,
                    () -> job.decide(Confirmation.PLAN, new Decision.PlanModified("x")) == Verdict.WON,
                    () -> job.refuse(Confirmation.PLAN) == Verdict.WON);

            performing.get(20, TimeUnit.SECONDS);
            assertThat(won).as("seed %d", seed).containsOnlyOnce(true);
            assertThat(job.decide(Confirmation.PLAN, APPROVED)).isEqualTo(Verdict.TOO_LATE);
            boolean cancelled = won.get(2);
            assertThat(job.view().status()).isEqualTo(cancelled ? "cancelled" : "completed");
            assertOneEnd(log, cancelled ? "cancelled" : "completed");
        }
    }

    @Test
    @DisplayName("R14 confirm, cancel and time-out racing: one ends the job, and a confirmation after it is too late")
    void confirmCancelAndTimeOut() throws Exception {
        for (int seed = 0; seed < 400; seed++) {
            EventLog log = log();
            var job = job(log);
            Future<?> performing = perform(job, course -> {
                course.confirm(Confirmation.PLAN, "?", Map.of());
                new CountDownLatch(1).await();
            });
            awaitStatus(job, "paused");

            List<Boolean> won = race(
                    seed,
                    () -> job.decide(Confirmation.PLAN, APPROVED) == Verdict.WON,
                    () -> job.decide(Confirmation.PLAN, APPROVED) == Verdict.WON,
                    job::cancel,
                    job::timeOut);

            performing.get(20, TimeUnit.SECONDS);
            assertThat(won.subList(2, 4)).as("seed %d", seed).containsOnlyOnce(true);
            boolean confirmed = won.get(0) || won.get(1);
            assertThat(won.get(0) && won.get(1)).isFalse();
            assertThat(events(log))
                    .extracting(event -> event.path("event_type").asText())
                    .isEqualTo(
                            confirmed
                                    ? List.of(
                                            "confirmation",
                                            "confirmed",
                                            job.view().status(),
                                            "")
                                    : List.of("confirmation", job.view().status(), ""));
            assertOneEnd(log, won.get(2) ? "cancelled" : "failed");
        }
    }

    @Test
    @DisplayName("R14 cancel, time-out, stop and finish racing: one ends the job, and nothing follows its end")
    void oneEndWins() throws Exception {
        for (int seed = 0; seed < 400; seed++) {
            EventLog log = log();
            var job = job(log);
            var go = new CountDownLatch(1);
            Future<?> performing = perform(job, course -> {
                go.await();
                course.report(Stage.PLANNING, "stage", 0.5, "half", null);
            });
            awaitStatus(job, "running");

            List<Boolean> won = race(seed, job::cancel, job::timeOut, job::interrupt, () -> {
                go.countDown();
                performing.get(20, TimeUnit.SECONDS);
                return job.view().status().equals("completed");
            });

            assertThat(won).as("seed %d", seed).containsOnlyOnce(true);
            int winner = won.indexOf(true);
            assertOneEnd(
                    log, List.of("cancelled", "failed", "failed", "completed").get(winner));
            assertThat(endings).hasSize(seed + 1);
        }
    }

    @Test
    @DisplayName("R14 a confirmation that nothing awaits is told from one that came too late")
    void notAwaitedIsNotTooLate() throws Exception {
        var job = job(log());
        assertThat(job.decide(Confirmation.PLAN, APPROVED)).isEqualTo(Verdict.NOT_AWAITED);
        Future<?> performing = perform(job, course -> course.confirm(Confirmation.PLAN, "?", Map.of()));
        awaitStatus(job, "paused");

        assertThat(job.refuse(Confirmation.PUSH)).isEqualTo(Verdict.NOT_AWAITED);
        assertThat(job.decide(Confirmation.PLAN, APPROVED)).isEqualTo(Verdict.WON);
        performing.get(20, TimeUnit.SECONDS);

        assertThat(job.refuse(Confirmation.PLAN)).isEqualTo(Verdict.TOO_LATE);
        assertThat(job.decide(Confirmation.PUSH, new Decision.PushApproved(null, null)))
                .isEqualTo(Verdict.NOT_AWAITED);
        assertThat(job.cancel()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Confirmation.class)
    void confirmationReachesThePipeline(Confirmation what) throws Exception {
        Decision given = switch (what) {
            case PLAN -> new Decision.PlanModified("smaller steps");
            case VALIDATION -> new Decision.ValidationChosen("compile_only");
            case PUSH -> new Decision.PushApproved("topic", "message");
        };
        var heard = new ArrayList<Decision>();
        EventLog log = log();
        var job = job(log);
        Future<?> performing = perform(job, course -> heard.add(course.confirm(what, "May I?", Map.of("n", 1))));
        awaitStatus(job, "paused");

        RefactorView paused = job.view();
        assertThat(paused.stage()).isEqualTo("awaiting_" + what.wireName() + "_confirmation");
        assertThat(paused.awaitingConfirmation()).isTrue();
        assertThat(String.valueOf(paused.confirmationData())).isEqualTo("{\"n\":1}");
        assertThat(job.decide(what, given)).isEqualTo(Verdict.WON);
        performing.get(20, TimeUnit.SECONDS);

        assertThat(heard).containsExactly(given);
        JsonNode asked = events(log).getFirst();
        assertThat(asked.path("requires_confirmation").asBoolean()).isTrue();
        assertThat(asked.path("confirmation_type").asText()).isEqualTo(what.wireName());
        assertThat(job.view().awaitingConfirmation()).isFalse();
    }

    @Test
    void pipelineThatIsBusyIsInterruptedByTheEnd() throws Exception {
        var job = job(log());
        var never = new CountDownLatch(1);
        Future<?> performing = perform(job, _ -> never.await());
        awaitStatus(job, "running");

        assertThat(job.timeOut()).isTrue();

        performing.get(20, TimeUnit.SECONDS);
        assertThat(job.view().message()).contains("timeout_seconds (300)").contains("idle");
        assertThat(job.view().errors()).containsExactly(job.view().message());
    }

    @Test
    @DisplayName("R14 a pipeline cannot tell anything of a job that was ended")
    void nothingIsToldAfterTheEnd() {
        EventLog log = log();
        var job = job(log);
        job.cancel();
        long last = log.last();

        assertThatThrownBy(() -> job.report(Stage.PLANNING, "stage", 0.5, "half", null))
                .isInstanceOf(JobEndedException.class);
        assertThatThrownBy(() -> job.confirm(Confirmation.PLAN, "?", Map.of())).isInstanceOf(JobEndedException.class);

        assertThat(log.last()).isEqualTo(last);
    }

    @Test
    void defectOfAPipelineIsToldWithoutItsText() {
        EventLog log = log();
        var job = job(log);

        assertThatThrownBy(() -> job.run(run(course -> {
                    throw new IllegalStateException("secret internals");
                })))
                .isInstanceOf(IllegalStateException.class);

        assertThat(job.view().status()).isEqualTo("failed");
        assertThat(text(log)).doesNotContain("internals").contains("failed inside the service");
    }

    @Test
    void fullLogEndsTheJobInAnError() throws Exception {
        var log = new EventLog("s", new Retention(1_000, 1 << 20, 3_000), wakeups);
        var job = job(log);

        perform(job, course -> {
                    for (int i = 0; i < 100; i++) {
                        course.report(Stage.PLANNING, "stage", 0.5, "x".repeat(500), null);
                    }
                })
                .get(20, TimeUnit.SECONDS);

        assertThat(entries(log).getLast().type()).isEqualTo("error");
        assertThat(events(log).getLast().path("error").asText()).contains("over its limit");
        assertThat(endings).containsExactly(Ending.BROKEN);
    }

    @Test
    void logThatEndedByItselfEndsTheJob() throws Exception {
        EventLog log = log();
        var job = job(log);
        Future<?> performing = perform(job, course -> course.confirm(Confirmation.PLAN, "?", Map.of()));
        awaitStatus(job, "paused");
        log.end("error", "{}".getBytes(UTF_8)); // as it does when the store refuses it

        assertThat(job.decide(Confirmation.PLAN, APPROVED)).isEqualTo(Verdict.TOO_LATE);

        performing.get(20, TimeUnit.SECONDS);
        assertThat(job.view().status()).isEqualTo("failed");
    }

    @Test
    void progressNeverGoesBackAndTimeRunsOnTheClock() throws Exception {
        var job = job(log());
        perform(job, course -> {
                    course.report(Stage.PLANNING, "stage", 0.5, "a", null);
                    course.report(Stage.PLANNING, "stage", 0.1, "b", null);
                    clock.advance(Duration.ofMillis(1_234));
                    throw new PipelineException("enough");
                })
                .get(20, TimeUnit.SECONDS);
        clock.advance(Duration.ofHours(1));

        assertThat(job.view().progress()).isEqualTo(0.5);
        assertThat(job.view().elapsedTimeMs()).isEqualTo(1_234);
        assertThat(job.view().errors()).containsExactly("enough");
    }

    private EventLog log() {
        return new EventLog("s", Retention.whole(1 << 20), wakeups);
    }

    private RefactorJob job(EventLog log) {
        return new RefactorJob("s", Jobs.request(Mode.INTERACTIVE), log, clock, (_, how) -> endings.add(how));
    }

    private Future<?> perform(RefactorJob job, Script script) {
        return threads.submit(() -> job.run(run(script)));
    }

    private static Pipeline.Run run(Script script) {
        return new Pipeline.Run() {
            @Override
            public String provider() {
                return "scripted";
            }

            @Override
            public String model() {
                return "m";
            }

            @Override
            public boolean simulated() {
                return false;
            }

            @Override
            public Pipeline.Result perform(Pipeline.Course course) throws InterruptedException {
                script.play(course);
                return new Pipeline.Result("Done.", Map.of());
            }
        };
    }

    /// Runs the attempts at once, begun in an order that the seed chooses.
    @SafeVarargs
    private List<Boolean> race(long seed, Callable<Boolean>... attempts) throws Exception {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < attempts.length; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        var start = new CountDownLatch(1);
        var results = new ArrayList<Future<Boolean>>(Collections.nCopies(attempts.length, null));
        for (int i : order) {
            results.set(i, threads.submit(() -> {
                start.await();
                return attempts[i].call();
            }));
        }
        start.countDown();
        var won = new ArrayList<Boolean>();
        for (Future<Boolean> result : results) {
            won.add(result.get(20, TimeUnit.SECONDS));
        }
        return won;
    }

    private static void awaitStatus(RefactorJob job, String status) throws Exception {
        Until.holds(status, () -> job.view().status().equals(status));
    }

    private static void assertOneEnd(EventLog log, String status) throws IOException {
        List<LogEntry> entries = entries(log);
        assertThat(entries).filteredOn(LogEntry::terminal).hasSize(1);
        assertThat(entries.getLast().terminal()).isTrue();
        assertThat(events(log).getLast().path("status").asText()).isEqualTo(status);
    }

    private static List<LogEntry> entries(EventLog log) {
        try (var cursor = log.cursorAfter(0)) {
            return cursor.read(1 << 20).entries();
        }
    }

    private static List<JsonNode> events(EventLog log) throws IOException {
        var events = new ArrayList<JsonNode>();
        for (LogEntry entry : entries(log)) {
            events.add(Json.mapper().readTree(SseFrames.data(entry.frame())));
        }
        return events;
    }

    private static String text(EventLog log) {
        var text = new StringBuilder();
        entries(log).forEach(entry -> text.append(new String(entry.frame(), UTF_8)));
        return text.toString();
    }

    private interface Script {
        void play(Pipeline.Course course) throws InterruptedException;
    }
}
