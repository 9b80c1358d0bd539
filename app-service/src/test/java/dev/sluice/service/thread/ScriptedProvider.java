package dev.sluice.service.thread;

import dev.sluice.service.provider.ChatProvider;
import dev.sluice.service.provider.ChatRequest;
import dev.sluice.service.provider.Chunks;
import dev.sluice.service.provider.Completion;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.ProviderException.Kind;
import dev.sluice.service.provider.Usage;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider that does what a test says, call by call, and counts. Thread-safe.
final class ScriptedProvider implements ChatProvider {
    /// What it does when it is called.
    interface Script {
        Completion play(Chunks chunks) throws ProviderException, InterruptedException;
    }

    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();
    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();

    /// Adds what the next call without a script does; calls beyond the scripts answer `answer`.
    ScriptedProvider then(Script script) {
        scripts.add(script);
        return this;
    }

    ScriptedProvider thenFail(ProviderException failure) {
        return then(_ -> {
            throw failure;
        });
    }

    /// Answers once the latch is open.
    ScriptedProvider thenWait(CountDownLatch gate) {
        return then(chunks -> {
            gate.await();
            return answer(chunks);
        });
    }

    static ProviderException failure(Kind kind, int status) {
        return new ProviderException(kind, "failed by script")
                .withStatus(status)
                .withUpstreamRequestId("up-" + status);
    }

    static Completion answer(Chunks chunks) {
        chunks.text("answer");
        return completion();
    }

    static Completion completion() {
        return new Completion("model-1", "stop", new Usage(3, 2, 5), List.of(), 200, "up-200");
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public String defaultModel() {
        return "model-1";
    }

    @Override
    public Completion stream(ChatRequest request, Chunks chunks) throws ProviderException, InterruptedException {
        calls.incrementAndGet();
        Script script = scripts.poll();
        try {
            return script == null ? answer(chunks) : script.play(chunks);
        } catch (InterruptedException aborted) {
            interrupted.incrementAndGet();
            throw aborted;
        }
    }
}
