package dev.sluice.service.http;

/// The least role a route asks for.
public enum Access {
    /// Anybody; the route checks for itself (signatures, tickets) if it must.
    PUBLIC,
    /// A client of an org; in trust mode `x-org-id` alone is believed.
    CLIENT,
    /// A token that reads operations.
    VIEWER,
    /// A token that acts on operations.
    OPERATOR,
    /// A token that manages tokens.
    ADMIN
}
