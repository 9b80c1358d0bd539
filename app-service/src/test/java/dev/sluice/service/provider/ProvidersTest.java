package dev.sluice.service.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.service.provider.ProviderException.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {
    private final ProviderFixture fixture = new ProviderFixture(UpstreamLimits.DEFAULT);

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"perplexity", "openai", "gemini", "openrouter", "kimi", "mock"})
    void withoutAnyKeyEveryKnownNameIsSimulatedUnderThatName(String name) throws Exception {
        ChatProvider provider = providers(true, Map.of()).resolve(name);

        assertThat(provider.name()).isEqualTo(name);
        assertThat(provider.simulated()).isTrue();
    }

    @Test
    void withoutAnyKeyTheDefaultIsMock() throws Exception {
        assertThat(providers(true, Map.of()).defaultProvider().name()).isEqualTo("mock");
    }

    @Test
    void aRealProviderEndsTheSimulationOfOthers() throws Exception {
        var providers = providers(true, Map.of("OPENAI_API_KEY", "sk-1"));

        assertThat(providers.resolve("openai").simulated()).isFalse();
        assertThat(providers.resolve("mock").simulated()).isTrue();
        assertThat(notConfigured(providers, "perplexity"))
                .hasMessageContaining("PERPLEXITY_API_KEY")
                .hasMessageContaining("PERPLEXITY_BASE_URL");
    }

    @Test
    void withoutPermissionNothingIsSimulated() {
        var providers = providers(false, Map.of());

        assertThat(notConfigured(providers, "mock")).hasMessageContaining("--simulate");
        assertThat(notConfigured(providers, "perplexity")).hasMessageContaining("PERPLEXITY_API_KEY");
        assertThat(notConfigured(providers, null)).hasMessageContaining("--simulate");
        assertThat(providers.available()).isEmpty();
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThat(notConfigured(providers(true, Map.of()), "clause\n" + "x".repeat(500)))
                .hasMessageContaining("perplexity, openai, gemini, openrouter, kimi, mock")
                .satisfies(failure -> assertThat(failure.message()).hasSizeLessThan(200));
    }

    @Test
    void theFirstConfiguredPresetIsTheDefault() throws Exception {
        var providers = providers(true, Map.of("KIMI_API_KEY", "k", "GEMINI_API_KEY", "g"));

        assertThat(providers.defaultProvider().name()).isEqualTo("gemini");
        assertThat(providers.available()).extracting(ChatProvider::name).containsExactly("gemini", "kimi", "mock");
    }

    @Test
    void theDefaultCanBeChosen() throws Exception {
        var providers = providers(true, Map.of("KIMI_API_KEY", "k", "DEFAULT_PROVIDER", " Kimi "));

        assertThat(providers.defaultProvider().name()).isEqualTo("kimi");
        assertThat(providers.resolve(" ").name()).isEqualTo("kimi");
    }

    @Test
    void aChosenDefaultWithoutKeyIsNotReplaced() {
        var providers = providers(true, Map.of("KIMI_API_KEY", "k", "DEFAULT_PROVIDER", "openai"));

        assertThat(notConfigured(providers, null)).hasMessageContaining("OPENAI_API_KEY");
    }

    @Test
    void anUnknownDefaultIsRefusedAtStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> providers(true, Map.of("DEFAULT_PROVIDER", "opnai")))
                .withMessageContaining("DEFAULT_PROVIDER")
                .withMessageContaining("opnai");
    }

    @Test
    void aBaseUrlAloneConfiguresALocalServer() throws Exception {
        try (var upstream = new FakeOpenAi()) {
            var providers = providers(
                    false,
                    Map.of("OPENAI_BASE_URL", upstream.baseUrl() + "/", "OPENAI_MODEL", "llama", "MOCK_MODEL", "x"));
            ChatProvider provider = providers.resolve(null);

            provider.stream(ProviderFixture.question("hi"), delta -> {});

            assertThat(provider.defaultModel()).isEqualTo("llama");
            assertThat(upstream.received().getFirst().path()).isEqualTo("/v1/chat/completions");
        }
    }

    @Test
    void namesAreUnderstoodInAnyCase() throws Exception {
        assertThat(providers(true, Map.of()).resolve("OpenAI").name()).isEqualTo("openai");
    }

    @Test
    void presetsKnowTheirModels() throws Exception {
        var providers = providers(true, Map.of("KIMI_MODEL", "kimi-k2"));

        assertThat(providers.resolve("perplexity").defaultModel()).isEqualTo("sonar");
        assertThat(providers.resolve("kimi").defaultModel()).isEqualTo("kimi-k2");
        assertThat(providers.resolve("mock").defaultModel()).isEqualTo("faststream-ttft");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.example.com/v1",
                "ftp://x/",
                "https:///v1",
                "https://u:hunter2@x/v1",
                "https://x/v1?key=hunter2",
                "not a url hunter2"
            })
    @DisplayName("X2 an unusable base URL is refused at start without repeating it")
    void anUnusableBaseUrlIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> providers(true, Map.of("OPENAI_BASE_URL", url)))
                .withMessageStartingWith("OPENAI_BASE_URL")
                .satisfies(e -> assertThat(e).hasNoCause())
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("hunter2"));
    }

    @Test
    @DisplayName("X2 an unusable key is refused at start without repeating it")
    void anUnusableKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> providers(true, Map.of("OPENAI_API_KEY", "hunter2\r\nX: y")))
                .withMessageStartingWith("OPENAI_API_KEY")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("hunter2"));
    }

    @Test
    @DisplayName("X2 an endpoint does not show its key")
    void anEndpointHidesItsKey() {
        var endpoint = ProviderPreset.ALL
                .getFirst()
                .endpoint(name -> Optional.of("PERPLEXITY_API_KEY".equals(name) ? "hunter2" : ""));

        assertThat(endpoint.toString()).doesNotContain("hunter2").contains("hidden");
    }

    @Test
    void blankVariablesConfigureNothing() {
        assertThat(Providers.anyConfigured(name -> Optional.of(" "))).isFalse();
        assertThat(Providers.knownNames())
                .isEqualTo(List.of("perplexity", "openai", "gemini", "openrouter", "kimi", "mock"));
    }

    private Providers providers(boolean simulationAllowed, Map<String, String> environment) {
        return Providers.from(
                name -> Optional.ofNullable(environment.get(name)),
                simulationAllowed,
                fixture.transport(),
                duration -> {});
    }

    private static ProviderException notConfigured(Providers providers, @Nullable String name) {
        var failure = catchThrowableOfType(ProviderException.class, () -> providers.resolve(name));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_CONFIGURED);
        assertThat(failure.shareable()).isFalse();
        return failure;
    }
}
