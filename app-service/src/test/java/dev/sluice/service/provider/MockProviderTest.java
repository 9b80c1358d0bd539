package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.service.provider.ProviderException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MockProviderTest {
    private final List<Duration> waits = new ArrayList<>();
    private final List<String> text = new ArrayList<>();

    @Test
    void theSamePromptGetsTheSameBytes() throws Exception {
        mock(Map.of()).stream(ask("m", "How high is the water?"), text::add);
        var first = List.copyOf(text);
        text.clear();

        mock(Map.of()).stream(ask("m", "How high is the water?"), text::add);

        assertThat(text).isEqualTo(first);
        assertThat(String.join("", text)).startsWith("[simulated]").contains("\"How high is the water?\"");
    }

    @Test
    void anotherPromptGetsAnotherAnswer() throws Exception {
        mock(Map.of()).stream(ask("m", "a"), text::add);
        String first = String.join("", text);
        text.clear();
        var longer = new ChatRequest(
                "m", List.of(new PromptMessage("user", "before"), new PromptMessage("user", "a")), "r", null);

        mock(Map.of()).stream(longer, text::add);

        assertThat(String.join("", text)).isNotEqualTo(first);
    }

    @Test
    void streamsWordByWordAtTheScriptedPace() throws Exception {
        var completion =
                mock(Map.of("MOCK_TTFT_MS", "70", "MOCK_CHUNK_MS", "3")).stream(ask("m", "one two"), text::add);

        assertThat(text).hasSizeGreaterThan(10).doesNotContain("");
        assertThat(waits).hasSameSizeAs(text).startsWith(Duration.ofMillis(70), Duration.ofMillis(3));
        assertThat(completion.usage()).isEqualTo(new Usage(2, text.size(), 2 + text.size()));
        assertThat(completion)
                .extracting(Completion::model, Completion::finishReason)
                .containsExactly("m", "stop");
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "500"})
    void theNumberOfChunksCanBeSet(int chunks) throws Exception {
        mock(Map.of("MOCK_CHUNKS", String.valueOf(chunks))).stream(ask("m", "hello"), text::add);

        assertThat(text).hasSize(chunks).doesNotContain("");
    }

    @Test
    void echoRepeatsTheLastMessage() throws Exception {
        mock(Map.of()).stream(ask("echo", "  two  spaces\nkept"), text::add);

        assertThat(String.join("", text)).isEqualTo("[simulated]   two  spaces\nkept");
    }

    @Test
    void slowIsSlow() throws Exception {
        mock(Map.of()).stream(ask("slow", "x"), text::add);

        assertThat(waits.getFirst()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({"fail-401, UNAUTHORIZED, 401", "fail-429, RATE_LIMITED, 429", "fail-500, SERVER, 500"})
    void modelsFailByName(String model, Kind kind, int status) {
        var failure = failure(mock(Map.of("MOCK_RETRY_AFTER_MS", "1500")), model);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).hasValue(status);
        assertThat(failure.retryAfter())
                .isEqualTo(status == 429 ? Optional.of(Duration.ofMillis(1500)) : Optional.empty());
        assertThat(text).isEmpty();
    }

    @Test
    @DisplayName("C17 a simulated cut is no clean end either")
    void cutBreaksOff() {
        var failure = failure(mock(Map.of()), "cut");

        assertThat(failure.kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(failure.partialUsage()).map(Usage::completionTokens).hasValue((long) text.size());
        assertThat(text).isNotEmpty();
    }

    @Test
    @DisplayName("C10 empty and filtered answers can be tried")
    void emptyAndFiltered() throws Exception {
        mock(Map.of()).stream(ask("empty", "x"), text::add);

        assertThat(text).isEmpty();
        assertThat(mock(Map.of()).stream(ask("filtered", "x"), text::add).finishReason())
                .isEqualTo("content_filter");
    }

    @Test
    void failuresCanBeRationed() throws Exception {
        var provider = mock(Map.of("MOCK_FAIL_EVERY", "3", "MOCK_429_EVERY", "2"));

        provider.stream(ask("m", "1"), text::add);
        assertThat(failure(provider, "m").kind()).isEqualTo(Kind.RATE_LIMITED);
        assertThat(failure(provider, "m").kind()).isEqualTo(Kind.SERVER);
        assertThat(failure(provider, "m").kind()).isEqualTo(Kind.RATE_LIMITED);
        provider.stream(ask("m", "5"), text::add);
    }

    @Test
    @DisplayName("C6 a simulated call ends when interrupted")
    void anInterruptEndsIt() {
        var provider = new MockProvider("mock", "m", MockScript.DEFAULT, duration -> new CountDownLatch(1).await());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> provider.stream(ask("m", "x"), text::add)).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "MOCK_TTFT_MS, -1",
        "MOCK_TTFT_MS, soon",
        "MOCK_CHUNK_MS, 600001",
        "MOCK_CHUNKS, 100001",
        "MOCK_FAIL_EVERY, 1.5",
        "MOCK_429_EVERY, -2",
        "MOCK_RETRY_AFTER_MS, 99999999999",
    })
    void unusableVariablesAreNamed(String name, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mock(Map.of(name, value)))
                .withMessageStartingWith(name)
                .withMessageContaining(value);
    }

    private MockProvider mock(Map<String, String> environment) {
        var script = MockScript.from(name -> Optional.ofNullable(environment.get(name)));
        return new MockProvider("mock", MockProvider.FAST, script, waits::add);
    }

    private ProviderException failure(MockProvider provider, String model) {
        return catchThrowableOfType(ProviderException.class, () -> provider.stream(ask(model, "x"), text::add));
    }

    private static ChatRequest ask(String model, String content) {
        return new ChatRequest(model, List.of(new PromptMessage("user", content)), "r", null);
    }
}
