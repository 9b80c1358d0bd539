package dev.sluice.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// One connection of a driver, not blocking. Used by one thread.
final class Link implements AutoCloseable {
    private final SocketChannel channel;
    final HttpReader reader;
    private boolean lost;

    /// Connects, and waits for that.
    Link(int port, HttpReader.Body body) throws IOException {
        this(port, body, 0);
    }

    /// @param receiveBuffer in bytes; 0 for the system's
    Link(int port, HttpReader.Body body, int receiveBuffer) throws IOException {
        channel = SocketChannel.open();
        if (receiveBuffer > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        reader = new HttpReader(body);
    }

    SocketChannel channel() {
        return channel;
    }

    /// Sends a request, which must fit the socket's buffer.
    void send(byte[] request) throws IOException {
        var bytes = ByteBuffer.wrap(request);
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("the request is too large for this driver");
        }
    }

    /// Reads what there is.
    ///
    /// @param buffer backed by an array
    /// @return whether the connection is still there
    boolean read(ByteBuffer buffer) {
        try {
            buffer.clear();
            int read = channel.read(buffer);
            if (read > 0) {
                reader.read(buffer.array(), buffer.arrayOffset(), buffer.arrayOffset() + read);
            }
            lost |= read < 0;
        } catch (IOException reset) {
            lost = true;
        }
        return !lost;
    }

    boolean lost() {
        return lost;
    }

    @Override
    public void close() {
        lost = true;
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone, which is what was wanted
        }
    }
}
