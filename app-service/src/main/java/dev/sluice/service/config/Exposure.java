package dev.sluice.service.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// How the service may be reached from elsewhere: TLS of its own, a proxy in front, the names it is known
/// by.
///
/// @param tls where the certificate and the key are; empty to listen in the clear
/// @param behindProxy whether a proxy stands in front, which ends TLS and makes trust mode impossible
/// @param trustedProxies addresses and blocks whose forwarded headers are believed
/// @param publicHosts names (with a port or without) by which clients know the service
public record Exposure(
        Optional<TlsFiles> tls, boolean behindProxy, Set<String> trustedProxies, Set<String> publicHosts) {
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    /// Reads it.
    ///
    /// @throws BadValueException naming what is not acceptable
    public static Exposure from(StartupValues values) {
        boolean behindProxy = ServiceConfig.flag(values, "SLUICE_BEHIND_PROXY");
        Set<String> proxies =
                values.text("SLUICE_TRUSTED_PROXIES").map(ServiceConfig::list).orElse(Set.of());
        if (!proxies.isEmpty() && !behindProxy) {
            throw new BadValueException(
                    "SLUICE_TRUSTED_PROXIES",
                    "SLUICE_TRUSTED_PROXIES (--trusted-proxies) means nothing without --behind-proxy.");
        }
        Set<String> hosts =
                values.text("SLUICE_PUBLIC_HOST").map(ServiceConfig::list).orElse(Set.of());
        if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
            throw new BadValueException(
                    "SLUICE_PUBLIC_HOST",
                    "SLUICE_PUBLIC_HOST (--public-host) must be host names such as sluice.example.org, without scheme"
                            + " and path.");
        }
        return new Exposure(tls(values), behindProxy, proxies, hosts);
    }

    /// Tells whether others on the network cannot read what is sent.
    public boolean guarded() {
        return tls.isPresent() || behindProxy;
    }

    private static Optional<TlsFiles> tls(StartupValues values) {
        Optional<String> certificate = values.text("SLUICE_TLS_CERT");
        Optional<String> key = values.text("SLUICE_TLS_KEY");
        if (certificate.isPresent() != key.isPresent()) {
            throw new BadValueException(
                    certificate.isPresent() ? "SLUICE_TLS_CERT" : "SLUICE_TLS_KEY",
                    "SLUICE_TLS_CERT and SLUICE_TLS_KEY (--tls-cert, --tls-key) are given together or not at all.");
        }
        return certificate.flatMap(chain ->
                key.map(secret -> new TlsFiles(path("SLUICE_TLS_CERT", chain), path("SLUICE_TLS_KEY", secret))));
    }

    private static Path path(String name, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw new BadValueException(name, name + " must be the path of a file.");
        }
    }

    /// @param certificate the certificate and those above it, PEM
    /// @param key its private key, PEM
    public record TlsFiles(Path certificate, Path key) {}
}
