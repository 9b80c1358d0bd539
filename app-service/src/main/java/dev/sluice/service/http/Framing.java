package dev.sluice.service.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.DirectTransportRequest;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.util.List;
import java.util.regex.Pattern;

/// Refuses requests whose target is none, or whose end two parties may see in two places, before anything is
/// read of their body.
///
/// Helidon takes the first of several lengths, prefers chunks to a length, and takes a coding it does not know for
/// no body at all. Source: RFC 9112, sections 6.1 and 6.3. Must be the only listener: of two, Helidon calls none.
/// Stateless.
final class Framing implements Http1ConnectionListener {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        if (!Targets.wellFormed(prologue)) {
            throw refusal("not a request target")
                    .request(DirectTransportRequest.create(prologue, ServerRequestHeaders.create()))
                    .build();
        }
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        List<String> lengths = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        List<String> codings = headers.all(HeaderNames.TRANSFER_ENCODING, List::of);
        boolean lengthPresent = headers.contains(HeaderNames.CONTENT_LENGTH);
        boolean codingPresent = headers.contains(HeaderNames.TRANSFER_ENCODING);
        if (lengthPresent && codingPresent) {
            throw refused("both a length and a transfer coding");
        }
        if (lengthPresent
                && (lengths.size() != 1 || !LENGTH.matcher(lengths.getFirst()).matches())) {
            throw refused("not one plain length");
        }
        if (codingPresent && !codings.equals(List.of("chunked"))) {
            throw refused("not the one transfer coding that is known");
        }
    }

    private static RequestException refused(String why) {
        return refusal(why).build();
    }

    private static RequestException.Builder refusal(String why) {
        return RequestException.builder()
                .type(DirectHandler.EventType.BAD_REQUEST)
                .setKeepAlive(false)
                .message(why);
    }
}
