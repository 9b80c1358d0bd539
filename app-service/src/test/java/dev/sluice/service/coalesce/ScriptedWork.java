package dev.sluice.service.coalesce;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Work that does what a test says, counts its calls and shows how far it is.
final class ScriptedWork implements Work<String> {
    /// What the work does once it is counted.
    interface Script {
        Outcome<String> play(Flight<String> flight) throws Exception;
    }

    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch started = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    private final Script script;
    private final boolean waits;
    private boolean shareable;

    private ScriptedWork(Script script, boolean waits) {
        this.script = script;
        this.waits = waits;
    }

    static ScriptedWork of(Script script) {
        return new ScriptedWork(script, false);
    }

    static ScriptedWork returning(String result) {
        return of(_ -> landed(result, Reuse.RESULT));
    }

    /// Waits until the test opens [#gate].
    static ScriptedWork gated(Script script) {
        return new ScriptedWork(script, true);
    }

    static ScriptedWork gated(String result) {
        return gated(_ -> landed(result, Reuse.RESULT));
    }

    static Outcome<String> landed(String result, Reuse reuse) {
        return new Outcome<>(result, reuse, "done", result.getBytes(StandardCharsets.UTF_8));
    }

    ScriptedWork shareable() {
        shareable = true;
        return this;
    }

    @Override
    public Outcome<String> perform(Flight<String> flight) throws Exception {
        calls.getAndIncrement();
        started.countDown();
        try {
            if (waits) {
                gate.await();
            }
            return script.play(flight);
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    @Override
    public FlightException failure(Throwable thrown) {
        return new FlightException(FlightException.Kind.FAILED, "failed", shareable, Duration.ofSeconds(5), thrown);
    }

    @Override
    public byte[] errorEvent(FlightException failure) {
        return failure.kind().name().getBytes(StandardCharsets.UTF_8);
    }
}
