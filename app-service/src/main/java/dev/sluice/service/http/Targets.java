package dev.sluice.service.http;

import io.helidon.http.HttpPrologue;
import java.util.regex.Pattern;

/// Tells whether a request's target has a query that is one, and no fragment.
///
/// In the place of Helidon's own check, which knows no `:`, `@`, `/` and `?` in a query, so that times had to be
/// encoded. Source: RFC 3986, section 3.4, and RFC 9112, section 3.2.
final class Targets {
    // possessive: a long query must not take a long stack
    private static final Pattern QUERY = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*+");

    private Targets() {}

    static boolean wellFormed(HttpPrologue prologue) {
        return !prologue.fragment().hasValue()
                && QUERY.matcher(prologue.query().rawValue()).matches();
    }
}
