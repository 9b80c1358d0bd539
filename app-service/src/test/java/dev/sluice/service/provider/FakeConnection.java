package dev.sluice.service.provider;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One client's connection to [FakeOpenAi]: reads requests one after the other, and while one is being answered
/// keeps
/// reading, which is how it sees the client leave.
final class FakeConnection {
    private final FakeOpenAi server;
    private final Socket socket;

    FakeConnection(FakeOpenAi server, Socket socket) {
        this.server = server;
        this.socket = socket;
    }

    void run() {
        try {
            var in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()), 1);
            boolean open = true;
            while (open) {
                FakeCall call = read(in);
                open = call != null && serve(call, in);
            }
        } catch (IOException e) {
            // the client left between two calls
        }
    }

    private boolean serve(FakeCall call, PushbackInputStream in) throws IOException {
        var answer = new FakeAnswer(server.begin(call), call, socket);
        var ended = new CompletableFuture<Boolean>();
        Thread writer = Thread.ofVirtual().name("fake-openai-answer").start(() -> {
            try {
                answer.run();
            } finally {
                ended.complete(answer.complete());
            }
        });
        int next = -1;
        try {
            next = in.read();
        } catch (IOException e) {
            // reset: the client left as well
        }
        if (next < 0 && !answer.complete()) {
            writer.interrupt();
        }
        server.end(!ended.join());
        if (next >= 0) {
            in.unread(next);
        }
        return next >= 0;
    }

    private static @Nullable FakeCall read(InputStream in) throws IOException {
        String requestLine = line(in);
        if (requestLine.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] words = requestLine.split(" ", -1);
        return new FakeCall(words[0], words[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }
}
