package dev.sluice.service.provider;

import dev.sluice.model.ops.ProviderView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One lane for each provider that can be called. Thread-safe.
public final class Lanes {
    private final Providers providers;
    private final Map<String, Lane> byProvider = new LinkedHashMap<>();

    /// @param limits how hard a provider may be driven, by its name
    public Lanes(Providers providers, Function<String, PacerLimits> limits, Scheduler scheduler) {
        this.providers = providers;
        for (ChatProvider provider : providers.available()) {
            var pacer = new Pacer(provider.name(), limits.apply(provider.name()), scheduler);
            byProvider.put(provider.name(), new Lane(provider, pacer, new CallTally()));
        }
    }

    /// Returns the lane of a provider's name, in any case; the default provider's if the name is null or
    /// blank.
    ///
    /// @throws ProviderException NOT_CONFIGURED, with a message that tells what to set or which names
    ///     there are
    public Lane resolve(@Nullable String name) throws ProviderException {
        Lane lane = byProvider.get(providers.resolve(name).name());
        if (lane == null) {
            throw new IllegalStateException("every available provider has a lane");
        }
        return lane;
    }

    /// Replaces limits, from the next decision on; equal ones stay untouched.
    ///
    /// @param limits how hard a provider may be driven, by its name
    public void limit(Function<String, PacerLimits> limits) {
        byProvider.forEach((name, lane) -> {
            PacerLimits wanted = limits.apply(name);
            if (!wanted.equals(lane.pacer().limits())) {
                lane.pacer().limits(wanted);
            }
        });
    }

    /// Returns all providers as operators see them, in a fixed order.
    public List<ProviderView> view() {
        return byProvider.values().stream()
                .map(lane -> lane.view(lane.provider().name().equals(providers.defaultName())))
                .toList();
    }
}
