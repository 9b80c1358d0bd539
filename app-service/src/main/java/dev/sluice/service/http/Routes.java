package dev.sluice.service.http;

/// A feature's part of the API.
public interface Routes {
    /// Registers the feature's routes; called once, before the server starts.
    void register(Router router);
}
