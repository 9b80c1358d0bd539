package dev.sluice.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Requests as bytes.
final class Http {
    private Http() {}

    /// @param headers further ones, each with its line end
    static byte[] get(int port, String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + headers + "\r\n")
                .getBytes(ISO_8859_1);
    }

    /// @param json ASCII
    static byte[] post(int port, String path, String headers, String json) {
        return ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n" + headers
                        + "\r\n" + json)
                .getBytes(ISO_8859_1);
    }

    /// Returns a port that is free now.
    static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
