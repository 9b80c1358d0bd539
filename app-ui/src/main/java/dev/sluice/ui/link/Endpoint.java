package dev.sluice.ui.link;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Locale;

/// A service and what opens it.
///
/// @param base scheme, host and port; a path is kept as a prefix
/// @param token sent to this service only
public record Endpoint(URI base, Token token) {
    /// Returns whether `uri` can be the base of a service.
    public static boolean valid(URI uri) {
        return uri.getHost() != null
                && uri.getScheme() != null
                && (uri.getScheme().equalsIgnoreCase("http") || uri.getScheme().equalsIgnoreCase("https"));
    }

    /// Returns whether the token crosses a network in the clear.
    public boolean exposed() {
        return !base.getScheme().toLowerCase(Locale.ROOT).equals("https") && !loopback(base);
    }

    /// Returns whether `uri` names this machine by a literal loopback address or `localhost`.
    static boolean loopback(URI uri) {
        var host = uri.getHost();
        return host != null && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    }

    /// Begins a request to a path of this service, with the token.
    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(at(base, pathAndQuery)).header("Authorization", token.authorization());
    }

    static URI at(URI base, String pathAndQuery) {
        var text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + pathAndQuery);
    }
}
