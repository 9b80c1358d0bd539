package dev.sluice.service;

import dev.sluice.service.config.Exposure;
import dev.sluice.service.http.AddressRanges;
import dev.sluice.service.http.HttpConfig;
import dev.sluice.service.http.PemIdentity;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/// Reads what the service needs to be reached from elsewhere.
final class Edges {
    private static final System.Logger LOG = System.getLogger(Edges.class.getName());

    private Edges() {}

    /// Reads the PEM files and the proxies' addresses.
    ///
    /// @throws IllegalArgumentException saying what is wrong with them
    static HttpConfig.Edge read(Exposure exposure) {
        PemIdentity identity = exposure.tls()
                .map(files -> PemIdentity.read(files.certificate(), files.key()))
                .orElse(null);
        if (identity != null && identity.validUntil().isBefore(Instant.now())) {
            LOG.log(Level.WARNING, "event=certificate_expired at=" + identity.validUntil());
        }
        return new HttpConfig.Edge(identity, AddressRanges.of(exposure.trustedProxies()));
    }

    /// Finds the address to listen at.
    ///
    /// @throws IllegalArgumentException if there is none of this name
    static InetAddress address(String bind) {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("SLUICE_BIND names no address of this machine: " + bind, e);
        }
    }
}
