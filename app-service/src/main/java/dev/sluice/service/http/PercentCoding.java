package dev.sluice.service.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// Decodes path segments (RFC 3986, section 2.1); a plus is a plus.
final class PercentCoding {
    private PercentCoding() {}

    /// @throws ApiException 400 if a percent sign is not followed by two hex digits
    static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ApiException.badRequest(null, "the path holds a malformed percent-encoding");
        }
    }
}
