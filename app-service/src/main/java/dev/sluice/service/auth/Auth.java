package dev.sluice.service.auth;

import java.time.InstantSource;

/// Decides who a request comes from and what they may do.
///
/// Thread-safe.
public final class Auth {
    /// @param tokens where tokens are kept
    /// @param clock for expiry and last use
    /// @param mayTrust whether the place the service listens at permits trust mode: loopback and no proxy in front
    public Auth(TokenStore tokens, InstantSource clock, boolean mayTrust) {}
}
