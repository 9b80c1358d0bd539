package dev.sluice.service.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Finds out who is behind a proxy, from `X-Forwarded-For`, `-Proto`, `-Host` or from `Forwarded` (RFC
/// 7239).
///
/// The headers are believed only if the connection comes from a listed address, and hop by hop from the
/// last one back only while hops are listed: whatever a client wrote in front is beyond the first hop that
/// is not. A request that carries both kinds is ambiguous, since most proxies write one and pass the other
/// on as it came; then neither is believed. Immutable.
final class Forwarding {
    private static final int MOST_HOPS = 64;

    private final AddressRanges trusted;

    /// @param trusted whose headers are believed
    Forwarding(AddressRanges trusted) {
        this.trusted = trusted;
    }

    /// Returns who sends a request.
    ///
    /// @param peer the other end of the connection
    /// @param secure whether the connection itself is encrypted
    /// @param headers the values of a header, in order
    Sender sender(InetAddress peer, boolean secure, Function<String, List<String>> headers) {
        var direct = new Sender(peer, secure ? Optional.of("https") : Optional.empty(), Optional.empty());
        if (!trusted.contains(peer)) {
            return direct;
        }
        List<String> forwarded = headers.apply("Forwarded");
        List<String> addresses = headers.apply("X-Forwarded-For");
        List<String> hosts = headers.apply("X-Forwarded-Host");
        List<String> schemes = headers.apply("X-Forwarded-Proto");
        boolean legacy = !addresses.isEmpty() || !hosts.isEmpty() || !schemes.isEmpty();
        if (!forwarded.isEmpty() && legacy) {
            return direct;
        }
        if (legacy) {
            InetAddress client = client(peer, items(addresses, ','));
            return new Sender(client, scheme(last(schemes)).or(direct::scheme), last(hosts));
        }
        return forwarded.isEmpty() ? direct : standard(direct, items(forwarded, ','));
    }

    /// The element that names the client holds its scheme and host too; later ones are of the hops between.
    private Sender standard(Sender direct, List<String> elements) {
        List<Map<String, String>> hops =
                elements.stream().map(Forwarding::parameters).toList();
        Sender found = direct;
        for (Map<String, String> hop : hops.reversed()) {
            Optional<InetAddress> address = Optional.ofNullable(hop.get("for")).flatMap(Forwarding::address);
            found = new Sender(
                    address.orElse(found.address()),
                    scheme(Optional.ofNullable(hop.get("proto"))).or(found::scheme),
                    Optional.ofNullable(hop.get("host")).or(found::host));
            if (address.isEmpty() || !trusted.contains(address.get())) {
                break;
            }
        }
        return found;
    }

    private InetAddress client(InetAddress peer, List<String> hops) {
        InetAddress found = peer;
        for (String hop : hops.reversed()) {
            Optional<InetAddress> address = address(hop);
            if (address.isEmpty()) {
                return found;
            }
            found = address.get();
            if (!trusted.contains(found)) {
                return found;
            }
        }
        return found;
    }

    /// Reads `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`.
    private static Optional<InetAddress> address(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end < 0 ? Optional.empty() : AddressRanges.address(node.substring(1, end));
        }
        int colon = node.indexOf(':');
        boolean port = colon >= 0 && colon == node.lastIndexOf(':');
        return AddressRanges.address(port ? node.substring(0, colon) : node);
    }

    private static Optional<String> scheme(Optional<String> text) {
        return text.map(scheme -> scheme.toLowerCase(Locale.ROOT))
                .filter(scheme -> scheme.equals("http") || scheme.equals("https"));
    }

    /// The nearest proxy wrote the last one.
    private static Optional<String> last(List<String> values) {
        List<String> items = items(values, ',');
        return items.isEmpty() ? Optional.empty() : Optional.of(items.getLast());
    }

    private static Map<String, String> parameters(String element) {
        var parameters = new HashMap<String, String>();
        for (String pair : items(List.of(element), ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                parameters.put(name, pair.substring(equals + 1).strip().replace("\"", ""));
            }
        }
        return parameters;
    }

    /// Splits lists outside of quotes; the last items only, since clients may have written any number in
    /// front.
    private static List<String> items(List<String> values, char separator) {
        var items = new ArrayList<String>();
        for (String value : values) {
            boolean quoted = false;
            int from = 0;
            for (int i = 0; i <= value.length(); i++) {
                if (i == value.length() || (value.charAt(i) == separator && !quoted)) {
                    items.add(value.substring(from, i).strip());
                    from = i + 1;
                } else if (value.charAt(i) == '"') {
                    quoted = !quoted;
                }
            }
        }
        items.removeIf(String::isEmpty);
        return items.subList(Math.max(0, items.size() - MOST_HOPS), items.size());
    }

    /// Who sends a request, as far as is believed.
    ///
    /// @param address the client's
    /// @param scheme `http` or `https`, as the client used it; empty if unknown
    /// @param host the authority the client asked for, if a proxy tells
    record Sender(InetAddress address, Optional<String> scheme, Optional<String> host) {}
}
