package dev.sluice.service.provider;

import dev.sluice.service.provider.ProviderException.Kind;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which provider answers to which name; fixed at start.
///
/// While no real provider is configured and simulation is allowed, every known name is answered by a
/// simulation under that name, so that scripts which name one work out of the box. As soon as one is
/// configured, only `mock` simulates. Thread-safe, immutable.
public final class Providers {
    /// The name of the simulated provider.
    public static final String MOCK = "mock";

    private final Map<String, ChatProvider> byName;
    private final boolean simulationAllowed;
    private final String defaultName;

    private Providers(Map<String, ChatProvider> byName, boolean simulationAllowed, String defaultName) {
        this.byName = Collections.unmodifiableMap(byName);
        this.simulationAllowed = simulationAllowed;
        this.defaultName = defaultName;
    }

    /// Reads `{PROVIDER}_API_KEY`, `{PROVIDER}_BASE_URL`, `{PROVIDER}_MODEL`, DEFAULT_PROVIDER and
    /// `MOCK_*`.
    ///
    /// @param environment a variable's value, empty if it is not set; asked only here
    /// @param simulationAllowed whether the simulated provider may answer at all
    /// @param sleeper how simulated latency passes
    /// @throws IllegalArgumentException if a variable is unusable; the message names it and holds no secret
    public static Providers from(
            Function<String, Optional<String>> environment,
            boolean simulationAllowed,
            Transport transport,
            Sleeper sleeper) {
        var byName = new LinkedHashMap<String, ChatProvider>();
        var script = MockScript.from(environment);
        boolean real = anyConfigured(environment);
        for (ProviderPreset preset : ProviderPreset.ALL) {
            if (preset.configured(environment)) {
                byName.put(preset.name(), new OpenAiProvider(preset.endpoint(environment), transport));
            } else if (!real && simulationAllowed) {
                byName.put(preset.name(), new MockProvider(preset.name(), preset.model(environment), script, sleeper));
            }
        }
        String first = real ? byName.firstEntry().getKey() : MOCK;
        if (simulationAllowed) {
            String model = ProviderPreset.given(environment, "MOCK_MODEL").orElse(MockProvider.FAST);
            byName.put(MOCK, new MockProvider(MOCK, model, script, sleeper));
        }
        return new Providers(byName, simulationAllowed, defaultName(environment, first));
    }

    /// Returns providers made elsewhere, by their names; the first is the default.
    public static Providers of(List<ChatProvider> providers) {
        var byName = new LinkedHashMap<String, ChatProvider>();
        providers.forEach(provider -> byName.put(provider.name(), provider));
        return new Providers(byName, false, providers.getFirst().name());
    }

    /// Tells whether the variables configure any real provider, without reading more of them.
    public static boolean anyConfigured(Function<String, Optional<String>> environment) {
        return ProviderPreset.ALL.stream().anyMatch(preset -> preset.configured(environment));
    }

    /// Returns every name that is understood, configured or not.
    public static List<String> knownNames() {
        return Stream.concat(ProviderPreset.ALL.stream().map(ProviderPreset::name), Stream.of(MOCK))
                .toList();
    }

    /// Returns the provider of a name, in any case; the default provider if the name is null or blank.
    ///
    /// @throws ProviderException NOT_CONFIGURED, with a message that tells what to set or which names there
    ///     are
    public ChatProvider resolve(@Nullable String name) throws ProviderException {
        String wanted = name == null || name.isBlank() ? defaultName : canonical(name);
        ChatProvider provider = byName.get(wanted);
        if (provider == null) {
            throw new ProviderException(Kind.NOT_CONFIGURED, whyNot(wanted));
        }
        return provider;
    }

    /// Returns the provider that answers when a client names none.
    ///
    /// @throws ProviderException NOT_CONFIGURED if that is one without key, or no provider can answer at
    ///     all
    public ChatProvider defaultProvider() throws ProviderException {
        return resolve(null);
    }

    /// Returns the default provider's name, configured or not.
    public String defaultName() {
        return defaultName;
    }

    /// Returns the providers that can answer, the order of the presets first.
    public Collection<ChatProvider> available() {
        return byName.values();
    }

    private String whyNot(String wanted) {
        for (ProviderPreset preset : ProviderPreset.ALL) {
            if (preset.name().equals(wanted)) {
                return "provider " + wanted + " is not configured: set " + preset.keyVariable() + " (or "
                        + preset.baseUrlVariable() + " for a server without keys) and restart the service";
            }
        }
        if (wanted.equals(MOCK) && !simulationAllowed) {
            return "the simulated provider is not allowed here: set the key of a real provider, such as "
                    + ProviderPreset.ALL.getFirst().keyVariable() + ", or start with --simulate";
        }
        return "no provider \"" + UpstreamText.shown(wanted, 40, null) + "\"; known are "
                + String.join(", ", knownNames());
    }

    private static String defaultName(Function<String, Optional<String>> environment, String otherwise) {
        String name = ProviderPreset.given(environment, "DEFAULT_PROVIDER")
                .map(Providers::canonical)
                .orElse(otherwise);
        if (!knownNames().contains(name)) {
            throw new IllegalArgumentException(
                    "DEFAULT_PROVIDER must be one of " + String.join(", ", knownNames()) + ", got \"" + name + "\"");
        }
        return name;
    }

    private static String canonical(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
