package dev.sluice.service.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.function.LongSupplier;

/// The writing half of a connection: knows since when a write has been stuck, and counts bytes.
final class Outlet implements DataWriter {
    private static final long NOT_WRITING = 0;

    private final DataWriter socket;
    private final LongSupplier nanos;
    private volatile long writingSince = NOT_WRITING;
    private long bytes;

    Outlet(DataWriter socket, LongSupplier nanos) {
        this.socket = socket;
        this.nanos = nanos;
    }

    /// Tells whether one write has lasted longer than `limit` nanoseconds at `now`.
    boolean stuck(long now, long limit) {
        long since = writingSince;
        return since != NOT_WRITING && now - since > limit;
    }

    /// Bytes written so far; for the connection's thread.
    long bytes() {
        return bytes;
    }

    @Override
    public void write(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            bytes += buffer.available();
        }
        timed(() -> socket.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        bytes += buffer.available();
        timed(() -> socket.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        for (BufferData buffer : buffers) {
            bytes += buffer.available();
        }
        timed(() -> socket.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        bytes += buffer.available();
        timed(() -> socket.writeNow(buffer));
    }

    private void timed(Runnable write) {
        writingSince = nanos.getAsLong() | 1; // never NOT_WRITING
        try {
            write.run();
        } finally {
            writingSince = NOT_WRITING;
        }
    }
}
