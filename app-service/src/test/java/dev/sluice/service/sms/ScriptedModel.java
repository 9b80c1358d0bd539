package dev.sluice.service.sms;

import dev.sluice.service.provider.ChatProvider;
import dev.sluice.service.provider.ChatRequest;
import dev.sluice.service.provider.Chunks;
import dev.sluice.service.provider.Completion;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.Usage;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// A chat provider that says a label, or what a test has it do, call by call. Thread-safe.
final class ScriptedModel implements ChatProvider {
    /// What it does when it is called.
    interface Script {
        void play(Chunks chunks) throws ProviderException, InterruptedException;
    }

    /// Every call that was made.
    final List<ChatRequest> calls = new CopyOnWriteArrayList<>();

    volatile boolean simulated;
    /// What calls beyond the scripts answer.
    volatile String label = "AGREE";

    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();

    /// Adds what the next call without a script does.
    ScriptedModel then(Script script) {
        scripts.add(script);
        return this;
    }

    ScriptedModel thenSay(String answer) {
        return then(chunks -> chunks.text(answer));
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public boolean simulated() {
        return simulated;
    }

    @Override
    public String defaultModel() {
        return "model-1";
    }

    @Override
    public Completion stream(ChatRequest request, Chunks chunks) throws ProviderException, InterruptedException {
        calls.add(request);
        Script script = scripts.poll();
        if (script == null) {
            chunks.text(label);
        } else {
            script.play(chunks);
        }
        return new Completion("model-1", "stop", new Usage(3, 2, 5), List.of(), 200, "up-200");
    }
}
