package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;

/// A Helidon that reads a body and answers with bytes it has: what is left of a request when nothing is done
/// for it.
final class BareHelidon {
    private BareHelidon() {}

    public static void main(String[] args) {
        byte[] answer = "x"
                .repeat(Integer.parseInt(System.getenv().getOrDefault("BYTES", "2048")))
                .getBytes(US_ASCII);
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .featuresDiscoverServices(false)
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .routing(routing -> routing.any((request, response) -> {
                    request.content().as(byte[].class);
                    response.header("Content-Type", "application/json");
                    response.send(answer);
                }))
                .build()
                .start();
        System.out.println("bare on port " + server.port());
    }
}
