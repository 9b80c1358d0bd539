package dev.sluice.service.provider;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A transport with real sockets and, unless a test brings its own, real time; and providers that point to a fake
/// upstream.
final class ProviderFixture implements AutoCloseable {
    static final String KEY = "sk-very-secret-0123456789";
    static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private final SystemScheduler realTime = new SystemScheduler();
    private final Transport transport;

    ProviderFixture(UpstreamLimits limits) {
        transport = new Transport(limits, realTime, InstantSource.fixed(NOW));
    }

    ProviderFixture(UpstreamLimits limits, Scheduler time) {
        transport = new Transport(limits, time, InstantSource.fixed(NOW));
    }

    Transport transport() {
        return transport;
    }

    OpenAiProvider provider(FakeOpenAi upstream) {
        return provider(upstream, KEY);
    }

    OpenAiProvider provider(FakeOpenAi upstream, @Nullable String key) {
        return provider(upstream.baseUrl(), key);
    }

    OpenAiProvider provider(String baseUrl, @Nullable String key) {
        var apiKey = key == null ? null : ApiKey.of("TEST_API_KEY", key);
        return new OpenAiProvider(
                new Endpoint("testai", Endpoint.baseUrl("TEST_BASE_URL", baseUrl), apiKey, "test-model"), transport);
    }

    static ChatRequest question(String content) {
        return new ChatRequest("m", List.of(new PromptMessage("user", content)), "request-1", null);
    }

    @Override
    public void close() {
        transport.close();
        realTime.close();
    }
}
