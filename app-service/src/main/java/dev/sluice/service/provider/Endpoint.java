package dev.sluice.service.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where an OpenAI-compatible API is and who pays for it.
///
/// @param name the provider's name
/// @param baseUrl up to and including the version, such as `https://api.openai.com/v1`
/// @param key null for a server that needs none
/// @param defaultModel asked when a client names no model
public record Endpoint(String name, URI baseUrl, @Nullable ApiKey key, String defaultModel) {
    /// Checks a base URL as an operator wrote it.
    ///
    /// @param source names where it came from, for the error, which never repeats the URL: it may hold a password
    /// @throws IllegalArgumentException unless it is absolute, http or https, without user, query and fragment
    public static URI baseUrl(String source, String value) {
        URI url;
        try {
            url = new URI(value.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(source + " is not a URL: " + e.getReason() + " at " + e.getIndex());
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    source + " must be an absolute http or https URL, such as https://api.example.com/v1");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException(source + " must have no user, query or fragment; use the API key");
        }
        return url;
    }

    /// Returns the address that completions are asked from.
    URI completions() {
        String base = baseUrl.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + "chat/completions");
    }
}
