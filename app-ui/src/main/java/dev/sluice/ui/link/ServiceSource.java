package dev.sluice.ui.link;

/// Where the service is. Asked again before each attempt to connect, so that a service may move or be started anew.
public interface ServiceSource {
    /// Returns the service, making sure that there is one if that is in its power.
    ///
    /// @throws LinkException if there is none; the next attempt asks again
    Endpoint locate() throws InterruptedException;

    /// Returns what [#locate] is about to do, as a sentence for the operator.
    String doing();
}
