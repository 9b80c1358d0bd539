package dev.sluice.service.provider;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// A provider known by name, with what its variables stand at unless they are set.
///
/// @param baseUrl its OpenAI-compatible API
/// @param model asked when neither the client nor `{NAME}_MODEL` names one
public record ProviderPreset(String name, String baseUrl, String model) {
    /// All presets, in the order in which the first configured one becomes the default.
    public static final List<ProviderPreset> ALL = List.of(
            new ProviderPreset("perplexity", "https://api.perplexity.ai", "sonar"),
            new ProviderPreset("openai", "https://api.openai.com/v1", "gpt-4o-mini"),
            new ProviderPreset("gemini", "https://generativelanguage.googleapis.com/v1beta/openai", "gemini-2.0-flash"),
            new ProviderPreset("openrouter", "https://openrouter.ai/api/v1", "openai/gpt-4o-mini"),
            new ProviderPreset("kimi", "https://api.moonshot.ai/v1", "moonshot-v1-8k"));

    /// The variable that holds the API key.
    public String keyVariable() {
        return variable("API_KEY");
    }

    /// The variable that holds the base URL.
    public String baseUrlVariable() {
        return variable("BASE_URL");
    }

    /// The variable that holds the default model.
    public String modelVariable() {
        return variable("MODEL");
    }

    /// Tells whether the variables configure it: by a key, or by a base URL (a local server may need no key).
    public boolean configured(Function<String, Optional<String>> environment) {
        return given(environment, keyVariable()).isPresent()
                || given(environment, baseUrlVariable()).isPresent();
    }

    /// Reads its variables.
    ///
    /// @throws IllegalArgumentException if a variable is set to something unusable; the message names the variable
    ///     and never repeats its value
    public Endpoint endpoint(Function<String, Optional<String>> environment) {
        String url = given(environment, baseUrlVariable()).orElse(baseUrl);
        return new Endpoint(
                name,
                Endpoint.baseUrl(baseUrlVariable(), url),
                given(environment, keyVariable())
                        .map(key -> ApiKey.of(keyVariable(), key))
                        .orElse(null),
                model(environment));
    }

    /// Returns the default model.
    String model(Function<String, Optional<String>> environment) {
        return given(environment, modelVariable()).orElse(model);
    }

    static Optional<String> given(Function<String, Optional<String>> environment, String variable) {
        return environment.apply(variable).map(String::strip).filter(value -> !value.isEmpty());
    }

    private String variable(String suffix) {
        return name.toUpperCase(Locale.ROOT) + "_" + suffix;
    }
}
