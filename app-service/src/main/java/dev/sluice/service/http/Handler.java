package dev.sluice.service.http;

/// Answers one request on the request's own virtual thread.
@FunctionalInterface
public interface Handler {
    /// Answers through `exchange` before it returns.
    ///
    /// @throws ApiException for an answer that is an error
    /// @throws Exception anything else is logged and answered with a 500 that tells nothing
    void handle(Exchange exchange) throws Exception;
}
