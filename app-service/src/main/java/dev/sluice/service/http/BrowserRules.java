package dev.sluice.service.http;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Keeps web pages from driving the service: which `Host` is ours, and whose pages may ask.
///
/// Sources: RFC 9110 section 7.4 (421), Fetch standard (Origin, CORS), Fetch Metadata (Sec-Fetch-Site). Immutable.
final class BrowserRules {
    private static final String OPS = "/api/ops";

    private final Set<String> hosts;
    private final Set<String> origins;
    private final int port;

    /// @param port where the service listens
    BrowserRules(HttpConfig config, int port) {
        var names = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        names.add(config.bind().contains(":") ? "[" + config.bind() + "]" : config.bind());
        names.addAll(config.hostNames());
        this.hosts = lowerCase(names);
        this.origins = lowerCase(config.corsOrigins());
        this.port = port;
    }

    /// Refuses a request that names another host.
    ///
    /// @throws ApiException 421
    void checkHost(List<String> hostHeaders) {
        if (hostHeaders.size() != 1) {
            throw ApiException.of(421, "the request must name one Host");
        }
        checkAuthority(hostHeaders.getFirst());
    }

    /// Refuses an authority that is not ours.
    ///
    /// @throws ApiException 421
    void checkAuthority(String authority) {
        String name = authority.toLowerCase(Locale.ROOT);
        String ourPort = ":" + port;
        String bare = name.endsWith(ourPort) ? name.substring(0, name.length() - ourPort.length()) : name;
        if (!hosts.contains(bare) && !hosts.contains(name)) {
            throw ApiException.of(421, "this service does not answer for the Host in the request");
        }
    }

    /// Refuses a request that a foreign page makes; returns the page's origin if it is one of the allowed.
    ///
    /// @param host the request's Host, already checked
    /// @param scheme `http` or `https`, as the client used it; empty if unknown
    /// @throws ApiException 403
    Optional<String> checkOrigin(
            List<String> originHeaders, List<String> fetchSites, String host, Optional<String> scheme, String path) {
        if (originHeaders.size() > 1) {
            throw foreign();
        }
        if (!originHeaders.isEmpty()) {
            String origin = originHeaders.getFirst();
            if (origins.contains(origin.toLowerCase(Locale.ROOT)) && !operations(path)) {
                return Optional.of(origin);
            }
            if (!sameOrigin(origin, host, scheme)) {
                throw foreign();
            }
        }
        if (fetchSites.stream().anyMatch(site -> !site.equals("same-origin") && !site.equals("none"))) {
            throw foreign();
        }
        return Optional.empty();
    }

    private static boolean sameOrigin(String origin, String host, Optional<String> scheme) {
        try {
            URI page = URI.create(origin);
            return page.getScheme() != null
                    && (page.getScheme().equals("http") || page.getScheme().equals("https"))
                    && page.getScheme().equals(scheme.orElse(page.getScheme()))
                    && host.equalsIgnoreCase(page.getRawAuthority());
        } catch (IllegalArgumentException e) {
            // `null` and whatever else is no origin of ours
            return false;
        }
    }

    private static boolean operations(String path) {
        return path.equals(OPS) || path.startsWith(OPS + "/");
    }

    private static ApiException foreign() {
        return ApiException.forbidden("pages of other origins may not use this service; see CORS_ALLOWED_ORIGINS");
    }

    private static Set<String> lowerCase(Set<String> names) {
        var lower = new HashSet<String>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return Set.copyOf(lower);
    }
}
