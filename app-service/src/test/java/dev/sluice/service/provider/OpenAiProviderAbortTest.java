package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OpenAiProviderAbortTest {
    private static final UpstreamLimits LIMITS = new UpstreamLimits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90),
            1 << 20,
            8 << 20);

    private final FakeOpenAi upstream = new FakeOpenAi();
    private final LinkedBlockingQueue<String> text = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Exception> failures = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Completion> completions = new LinkedBlockingQueue<>();
    private final ManualScheduler time = new ManualScheduler();
    private ProviderFixture fixture = new ProviderFixture(LIMITS, time);

    @AfterEach
    void close() {
        upstream.close();
        fixture.close();
    }

    @Test
    @DisplayName("C6 an interrupt before the first byte aborts the upstream call")
    void interruptedBeforeTheHeaders() throws Exception {
        upstream.reply(FakeReply.words(1).heldBy(new CountDownLatch(1)));
        Thread caller = call();
        upstream.awaitCalls(1);

        caller.interrupt();

        upstream.awaitAborted(1);
        assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    @DisplayName("C6 an interrupt mid-stream is seen upstream within 300 ms")
    void interruptedMidStream() throws Exception {
        upstream.reply(FakeReply.words(2).ending(FakeReply.Ending.STALL));
        var times = new ArrayList<Duration>();
        for (int i = 1; i <= 5; i++) {
            Thread caller = call();
            text.take();
            text.take();
            long start = System.nanoTime();

            caller.interrupt();

            upstream.awaitAborted(i);
            times.add(Duration.ofNanos(System.nanoTime() - start));
            assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
        times.sort(null);
        assertThat(times.get(2)).as("median of %s", times).isLessThan(Duration.ofMillis(300));
    }

    @Test
    void anInterruptThatCameEarlierSendsNothing() throws Exception {
        Thread caller = Thread.startVirtualThread(() -> {
            Thread.currentThread().interrupt();
            run();
        });
        caller.join();

        assertThat(failures.poll()).isInstanceOf(InterruptedException.class);
        assertThat(upstream.calls()).isZero();
    }

    @Test
    @DisplayName("C17 a stream that falls silent is ended by the watchdog")
    void silenceEndsTheCall() throws Exception {
        upstream.reply(FakeReply.words(2).ending(FakeReply.Ending.STALL));
        call();
        text.take();
        text.take();

        time.advance(LIMITS.idle());

        assertThat(failure().kind()).isEqualTo(Kind.IDLE);
        upstream.awaitAborted(1);
    }

    @Test
    void bytesPutTheWatchdogOff() throws Exception {
        var hold = new CountDownLatch(1);
        upstream.reply(FakeReply.words(2).heldAfter(1, hold));
        call();
        text.take();
        time.advance(LIMITS.idle().minusSeconds(1));
        hold.countDown();
        text.take();

        time.advance(Duration.ofSeconds(2));

        assertThat(completions.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void silenceAfterTheAnswerIsCompleteLosesNothing() throws Exception {
        String finished = "data: {\"choices\":[{\"delta\":{\"content\":\"all\"},\"finish_reason\":\"stop\"}]}\n\n";
        upstream.reply(FakeReply.streaming()
                .withBody(finished)
                .withHeader("content-type", "text/event-stream")
                .withHeader("content-length", "9999"));
        call();
        text.take();

        time.advance(LIMITS.idle());

        assertThat(completions.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void aServerThatDoesNotRespondTimesOut() throws Exception {
        upstream.reply(FakeReply.words(1).heldBy(new CountDownLatch(1)));
        call();
        upstream.awaitCalls(1);
        awaitAlarm(); // the request may arrive before the time it may take is set

        time.advance(LIMITS.response());

        ProviderException failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(failure.shareable()).isTrue();
        upstream.awaitAborted(1);
    }

    @Test
    void heartbeatsWithoutAnEndDoNotLastForEver() throws Exception {
        fixture.close();
        fixture = new ProviderFixture(LIMITS.withIdle(LIMITS.call().plusSeconds(1)), time);
        upstream.reply(FakeReply.words(1).withGap(Duration.ofMillis(5)).ending(FakeReply.Ending.HEARTBEATS));
        call();
        text.take();

        time.advance(LIMITS.call());

        assertThat(failure().kind()).isEqualTo(Kind.TIMEOUT);
        upstream.awaitAborted(1);
    }

    private Thread call() {
        return Thread.startVirtualThread(this::run);
    }

    private void run() {
        try {
            completions.add(fixture.provider(upstream).stream(ProviderFixture.question("hi"), text::add));
        } catch (ProviderException | InterruptedException e) {
            failures.add(e);
        }
    }

    private void awaitAlarm() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (time.alarms() == 0) {
            assertThat(System.nanoTime()).as("an alarm in time").isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private ProviderException failure() throws InterruptedException {
        if (failures.poll(10, TimeUnit.SECONDS) instanceof ProviderException failure) {
            return failure;
        }
        throw new AssertionError("the call did not fail");
    }
}
