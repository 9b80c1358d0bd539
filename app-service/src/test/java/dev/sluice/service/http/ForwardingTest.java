package dev.sluice.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.service.http.Forwarding.Sender;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardingTest {
    private static final String PROXY = "10.1.2.3";

    private final Forwarding forwarding = new Forwarding(AddressRanges.of(List.of("10.0.0.0/8", "::1", "fd00::/8")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.7|198.51.100.7",
                "198.51.100.7:4711|198.51.100.7",
                "2001:db8::7|2001:db8:0:0:0:0:0:7",
                "[2001:db8::7]:80|2001:db8:0:0:0:0:0:7",
                "6.6.6.6, 198.51.100.7|198.51.100.7",
                "6.6.6.6, 198.51.100.7, 10.9.9.9|198.51.100.7",
                "10.8.8.8, 10.9.9.9|10.8.8.8",
                "evil.example, 10.9.9.9|10.9.9.9",
                "unknown|10.1.2.3",
                "'1.2.3.4 client=5.6.7.8'|10.1.2.3",
                "127.1|10.1.2.3",
                "::ffff:198.51.100.7|198.51.100.7"
            })
    void firstAddressThatIsNoProxyIsTheClient(String header, String client) {
        assertThat(sender(PROXY, "X-Forwarded-For", header).address().getHostAddress())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "127.0.0.1", "11.0.0.1", "::2"})
    void othersAreNotBelieved(String peer) {
        var sender = sender(
                peer, "X-Forwarded-For", "198.51.100.7", "X-Forwarded-Host", "evil", "X-Forwarded-Proto", "https");

        assertThat(sender).isEqualTo(sender(peer));
        assertThat(sender(peer, "Forwarded", "for=198.51.100.7;host=evil;proto=https"))
                .isEqualTo(sender(peer));
    }

    @Test
    void schemeAndHostAreThoseTheNearestProxyWrote() {
        var sender = sender(
                PROXY,
                "X-Forwarded-For",
                "198.51.100.7",
                "X-Forwarded-Host",
                "forged.example, chat.example",
                "X-Forwarded-Proto",
                "http,HTTPS");

        assertThat(sender.host()).contains("chat.example");
        assertThat(sender.scheme()).contains("https");
        assertThat(sender(PROXY, "X-Forwarded-Proto", "javascript").scheme()).isEmpty();
    }

    @Test
    void standardHeader() {
        var sender = sender(
                PROXY,
                "Forwarded",
                "for=6.6.6.6;host=forged, For=\"[2001:db8::7]:4711\";Proto=HTTPS;Host=\"chat.example:8443\", for=10.9.9.9");

        assertThat(sender.address().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(sender.scheme()).contains("https");
        assertThat(sender.host()).contains("chat.example:8443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"for=_hidden", "for=unknown;proto=", "\"", ";;=,=", "for=\"[::1", "for"})
    void malformedStandardHeaderTellsNothing(String header) {
        assertThat(sender(PROXY, "Forwarded", header).address().getHostAddress())
                .isEqualTo(PROXY);
    }

    @Test
    void bothKindsTogetherAreAmbiguous() {
        assertThat(sender(PROXY, "X-Forwarded-For", "198.51.100.7", "Forwarded", "for=6.6.6.6"))
                .isEqualTo(sender(PROXY));
    }

    @Test
    @Timeout(10)
    void endlessListCostsLittle() {
        long began = System.nanoTime();

        sender(PROXY, "X-Forwarded-For", "\",".repeat(500_000) + "198.51.100.7");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "::1/129", "10.0.0", "", "10.0.0.0/"})
    void whatIsNoAddressIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRanges.of(List.of(text)))
                .withMessageContaining("not an IP address");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.0.1,true",
        "10.0.0.0/8,11.0.0.1,false",
        "192.0.2.128/25,192.0.2.127,false",
        "192.0.2.128/25,192.0.2.129,true",
        "0.0.0.0/0,203.0.113.9,true",
        "0.0.0.0/0,::1,false",
        "fd00::/8,fdff::1,true",
        "fd00::/8,fe00::1,false"
    })
    void blocks(String block, String address, boolean contained) {
        assertThat(AddressRanges.of(List.of(block)).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(contained);
    }

    private Sender sender(String peer, String... headers) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            values.computeIfAbsent(headers[i], _ -> new ArrayList<>()).add(headers[i + 1]);
        }
        return forwarding.sender(InetAddress.ofLiteral(peer), false, name -> values.getOrDefault(name, List.of()));
    }
}
