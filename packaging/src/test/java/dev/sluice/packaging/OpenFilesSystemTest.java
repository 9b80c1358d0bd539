package dev.sluice.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A service that has few files, and more clients than it has files for.
@Timeout(180)
@SuppressWarnings("try") // closing waits for the process, and a test that is interrupted must know
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no ulimit")
class OpenFilesSystemTest {
    /// Some eighty are open in a service at rest, its jars for the most part.
    private static final int OPEN_FILES = 160;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("X1 more connections than files: others wait, nothing spins, and all is well once they are gone")
    void outlivesMoreClientsThanFiles() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (var service = RunningService.withOpenFiles(OPEN_FILES, directory);
                var client = new OldClient(service.base())) {
            String thread = client.createThread();
            Duration before = service.processorTime();
            long since = System.nanoTime();
            for (int i = 0; i < 2 * OPEN_FILES; i++) {
                clients.add(beginRequest(service.base().getPort()));
            }
            for (Socket each : clients.subList(0, OPEN_FILES / 4)) { // a newcomer may end one that is not read yet
                awaitEnd(each); // the service's patience with an unfinished head
            }

            Duration jam = Duration.ofNanos(System.nanoTime() - since);
            assertThat(service.processorTime().minus(before)).isLessThan(jam.dividedBy(2));
            disconnect(clients);

            assertThat(client.ask(thread, "still there?").statusCode()).isEqualTo(200);
            assertThat(client.messagesOf(thread)).hasSize(2);
            assertThat(service.output())
                    .anyMatch(line -> line.contains("event=connections_limited"))
                    .noneMatch(line -> line.contains("Too many open files"))
                    .hasSizeLessThan(OPEN_FILES);
        } finally {
            disconnect(clients);
        }
    }

    private static Socket beginRequest(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write("GET /health HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void awaitEnd(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isNegative();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static void disconnect(List<Socket> clients) throws IOException {
        for (Socket each : clients) {
            each.close();
        }
    }
}
