package dev.sluice.service.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// One server for a class of tests, and clients that are closed after each of them.
final class Served implements AfterEachCallback, AfterAllCallback {
    final TestServer server;
    private final Queue<RawClient> clients = new ConcurrentLinkedQueue<>();

    private Served(TestServer server) {
        this.server = server;
    }

    static Served by(HttpConfig config) {
        return new Served(TestServer.start(config));
    }

    /// Opens a connection that lasts as long as the test.
    RawClient connect() {
        try {
            RawClient client = server.client();
            clients.add(client);
            return client;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        for (RawClient client = clients.poll(); client != null; client = clients.poll()) {
            client.close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
    }
}
