package dev.sluice.service.thread;

import dev.sluice.service.provider.ChatProvider;
import dev.sluice.service.provider.ChatRequest;
import dev.sluice.service.provider.Chunks;
import dev.sluice.service.provider.Completion;
import dev.sluice.service.provider.ProviderException;
import dev.sluice.service.provider.Usage;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A provider that answers as a test says and remembers what it was asked.
final class RecordingProvider implements ChatProvider {
    interface Script {
        Completion play(ChatRequest request, Chunks chunks) throws ProviderException, InterruptedException;
    }

    static final Usage USAGE = new Usage(7, 2, 9);

    final Queue<ChatRequest> asked = new ConcurrentLinkedQueue<>();
    private final Script script;

    RecordingProvider(Script script) {
        this.script = script;
    }

    /// Answers in these pieces, then ends as `stop`.
    static RecordingProvider saying(String... pieces) {
        return new RecordingProvider((_, chunks) -> {
            for (String piece : pieces) {
                chunks.text(piece);
            }
            return ended("stop");
        });
    }

    static Completion ended(String finishReason) {
        return new Completion("model-1", finishReason, USAGE, List.of("https://example.org/"), 200, null);
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
        asked.add(request);
        return script.play(request, chunks);
    }
}
