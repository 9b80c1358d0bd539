package dev.sluice.service.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/// A client that says exactly what it is told, well-formed or not, and reads one answer at a time.
///
/// Reading gives up after twenty seconds.
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final int port;

    private RawClient(int port, int receiveBufferBytes) throws IOException {
        this.port = port;
        this.socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient to(int port) throws IOException {
        return new RawClient(port, 0);
    }

    /// Connects with a receive buffer so small that a server soon notices that nobody reads.
    static RawClient narrow(int port) throws IOException {
        return new RawClient(port, 4 << 10);
    }

    /// Sends bytes as they are; text is taken as ISO 8859-1.
    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// Sends a request without a body.
    ///
    /// @param headers whole lines beside `Host`, without line ends
    RawClient request(String method, String target, String... headers) throws IOException {
        return send(head(method, target, headers) + "\r\n");
    }

    /// Sends a request with a JSON body.
    RawClient post(String target, String json, String... headers) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return send(head("POST", target, headers) + "Content-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .send(body);
    }

    /// Returns a request's line and headers, without the empty line.
    String head(String method, String target, String... headers) {
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }

    /// Reads one whole answer.
    RawAnswer answer() throws IOException {
        return RawAnswer.read(in, true);
    }

    /// Reads the answer to HEAD: it has no body, whatever it announces.
    RawAnswer headAnswer() throws IOException {
        return RawAnswer.read(in, false);
    }

    /// Reads up to and including `text`, of a stream that goes on.
    ///
    /// @throws AssertionError if the connection ends first
    String readTo(String text) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf(text, seen.length() - text.length()) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("the connection ended before <" + text + ">, after <" + seen + ">");
            }
            seen.append((char) next);
        }
        return seen.toString();
    }

    /// Reads until the server closes; a reset is an end too.
    String rest() throws IOException {
        var seen = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                seen.append((char) next);
            }
        } catch (SocketException reset) {
            return seen.toString();
        }
        return seen.toString();
    }

    /// Says that nothing more will be sent, and still reads.
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /// Closes without a word: the server's next packet is answered with a reset.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
