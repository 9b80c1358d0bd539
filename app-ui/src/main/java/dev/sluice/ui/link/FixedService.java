package dev.sluice.ui.link;

/// A service somebody named: `--connect`.
///
/// @param endpoint the service
public record FixedService(Endpoint endpoint) implements ServiceSource {
    @Override
    public Endpoint locate() {
        return endpoint;
    }

    @Override
    public String doing() {
        return "Connecting to " + endpoint.base() + "…";
    }
}
