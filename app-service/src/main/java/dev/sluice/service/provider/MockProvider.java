package dev.sluice.service.provider;

import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Answers without a model, so that everything around it can be tried: same prompt, same bytes.
///
/// What it does is chosen by the model's name: `slow` (3 s to the first token, ten times the pace), `echo`,
/// `empty`,
/// `filtered` (ends in `content_filter`), `cut` (breaks off half-way), `fail-401`, `fail-429`, `fail-500`. Any
/// other
/// name, `faststream-ttft` among them, answers as scripted. Thread-safe.
public final class MockProvider implements ChatProvider {
    /// The default model: a fast first token.
    public static final String FAST = "faststream-ttft";

    private static final Duration SLOW_FIRST_TOKEN = Duration.ofSeconds(3);
    private static final int SLOW_FACTOR = 10;

    private final String name;
    private final String defaultModel;
    private final MockScript script;
    private final Sleeper sleeper;
    private final AtomicLong calls = new AtomicLong();

    /// Creates a simulated provider.
    ///
    /// @param name what it stands in for; `mock` for itself
    public MockProvider(String name, String defaultModel, MockScript script, Sleeper sleeper) {
        this.name = name;
        this.defaultModel = defaultModel;
        this.script = script;
        this.sleeper = sleeper;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public String defaultModel() {
        return defaultModel;
    }

    @Override
    public Completion stream(ChatRequest request, Chunks chunks) throws ProviderException, InterruptedException {
        boolean slow = request.model().equals("slow");
        sleeper.sleep(slow ? SLOW_FIRST_TOKEN : script.firstToken());
        failIfScripted(request.model(), calls.incrementAndGet());
        var pieces = pieces(request);
        int end = request.model().equals("cut") ? pieces.size() / 2 : pieces.size();
        var pace = slow ? script.perChunk().multipliedBy(SLOW_FACTOR) : script.perChunk();
        for (int i = 0; i < end; i++) {
            if (i > 0) {
                sleeper.sleep(pace);
            }
            chunks.text(pieces.get(i));
        }
        var usage = usage(request, String.join("", pieces.subList(0, end)));
        if (end < pieces.size()) {
            throw new ProviderException(Kind.TRUNCATED, name + " (simulated) broke off before the answer was complete")
                    .withStatus(200)
                    .withPartialUsage(usage);
        }
        String reason = request.model().equals("filtered") ? "content_filter" : "stop";
        return new Completion(request.model(), reason, usage, List.of(), 200, null);
    }

    private void failIfScripted(String model, long call) throws ProviderException {
        if (model.equals("fail-401")) {
            throw failure(Kind.UNAUTHORIZED, 401);
        }
        if (model.equals("fail-500") || isTurn(call, script.failEvery())) {
            throw failure(Kind.SERVER, 500);
        }
        if (model.equals("fail-429") || isTurn(call, script.rateLimitEvery())) {
            throw failure(Kind.RATE_LIMITED, 429).withRetryAfter(script.retryAfter());
        }
    }

    private ProviderException failure(Kind kind, int status) {
        return new ProviderException(kind, name + " (simulated) failed (HTTP " + status + ")").withStatus(status);
    }

    private static boolean isTurn(long call, int every) {
        return every > 0 && call % every == 0;
    }

    private List<String> pieces(ChatRequest request) {
        var words = switch (request.model()) {
            case "empty" -> List.<String>of();
            case "echo" -> MockText.echo(request.messages());
            default -> MockText.words(name, request.messages(), script.chunks());
        };
        boolean asMany = script.chunks() > 0 && words.size() >= script.chunks();
        return asMany ? MockText.regroup(words, script.chunks()) : words;
    }

    private static Usage usage(ChatRequest request, String answer) {
        long prompt = request.messages().stream()
                .mapToLong(message -> MockText.count(message.content()))
                .sum();
        long completion = MockText.count(answer);
        return new Usage(prompt, completion, prompt + completion);
    }
}
