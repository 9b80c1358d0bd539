package dev.sluice.service.thread;

import dev.sluice.service.provider.Pacer;
import dev.sluice.service.provider.PacerLimits;
import dev.sluice.service.provider.Scheduler;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// One pacer for each provider, made when it is first needed. Thread-safe.
public final class Pacers {
    private final Function<String, PacerLimits> limits;
    private final Scheduler scheduler;
    private final ConcurrentHashMap<String, Pacer> byProvider = new ConcurrentHashMap<>();

    /// @param limits how hard a provider may be driven, by its name
    public Pacers(Function<String, PacerLimits> limits, Scheduler scheduler) {
        this.limits = limits;
        this.scheduler = scheduler;
    }

    /// Returns the pacer of a provider.
    public Pacer of(String provider) {
        return byProvider.computeIfAbsent(provider, name -> new Pacer(name, limits.apply(name), scheduler));
    }
}
