package dev.sluice.service.provider;

import dev.sluice.model.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/// Writes one scripted answer. It counts as complete just before its last bytes leave, or before the fake itself
/// breaks it off, so that a client which leaves afterwards has aborted nothing.
final class FakeAnswer implements Runnable {
    private static final String MODEL = "fake-model";

    private final FakeReply reply;
    private final FakeCall call;
    private final Socket socket;
    private volatile boolean complete;

    FakeAnswer(FakeReply reply, FakeCall call, Socket socket) {
        this.reply = reply;
        this.call = call;
        this.socket = socket;
    }

    boolean complete() {
        return complete;
    }

    @Override
    public void run() {
        try {
            OutputStream out = socket.getOutputStream();
            Thread.sleep(reply.latency());
            holdAt(-1);
            if (reply.body() == null) {
                stream(out);
            } else {
                whole(out, reply.body());
            }
        } catch (IOException e) {
            // the client left; the connection's reader sees it too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void whole(OutputStream out, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        complete = true;
        head(out, Map.of("content-length", String.valueOf(bytes.length)));
        out.write(bytes);
        out.flush();
    }

    private void stream(OutputStream out) throws IOException, InterruptedException {
        head(out, Map.of("content-type", "text/event-stream", "transfer-encoding", "chunked"));
        holdAt(0);
        for (int i = 0; i < reply.chunks().size(); i++) {
            if (i > 0) {
                Thread.sleep(reply.gap());
            }
            data(out, delta(reply.chunks().get(i)));
            holdAt(i + 1);
        }
        end(out);
    }

    private void end(OutputStream out) throws IOException, InterruptedException {
        switch (reply.ending()) {
            case DONE -> {
                data(out, finish());
                if (reply.usage() && call.body().contains("include_usage")) {
                    data(out, usage());
                }
                data(out, "[DONE]");
            }
            case NO_DONE -> data(out, finish());
            case EOF -> {}
            case CUT -> {
                complete = true;
                socket.close();
                return;
            }
            case STALL -> new CountDownLatch(1).await();
            case HEARTBEATS -> heartbeats(out);
            case MALFORMED -> data(out, "{\"choices\": [oops");
            case ERROR_OBJECT -> data(out, "{\"error\":{\"message\":\"overloaded\\u0007 now\",\"code\":503}}");
            case HUGE_LINE -> hugeLine(out);
        }
        complete = true;
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void heartbeats(OutputStream out) throws IOException, InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            chunk(out, ": still here\n\n");
            Thread.sleep(reply.gap());
        }
    }

    private void hugeLine(OutputStream out) throws IOException {
        String piece = "x".repeat(1 << 16);
        while (!Thread.currentThread().isInterrupted()) {
            chunk(out, piece);
        }
    }

    private void holdAt(int chunk) throws InterruptedException {
        if (reply.hold() != null && reply.holdAfter() == chunk) {
            reply.hold().await();
        }
    }

    private void head(OutputStream out, Map<String, String> more) throws IOException {
        var headers = new TreeMap<>(more);
        headers.putIfAbsent("x-request-id", "fake-" + call.headers().getOrDefault("x-request-id", "none"));
        headers.putAll(reply.headers());
        var head = new StringBuilder("HTTP/1.1 " + reply.status() + " Scripted\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void data(OutputStream out, String data) throws IOException {
        chunk(out, "data: " + data + "\n\n");
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String delta(String text) {
        return """
            {"id":"c1","object":"chat.completion.chunk","model":"%s","usage":null,\
            "choices":[{"index":0,"delta":{"content":%s},"finish_reason":null}]}\
            """.formatted(MODEL, Json.text(text));
    }

    private static String finish() {
        return """
            {"id":"c1","model":"%s","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\
            """.formatted(MODEL);
    }

    private String usage() {
        int tokens = reply.chunks().size();
        return """
            {"id":"c1","model":"%s","choices":[],\
            "usage":{"prompt_tokens":7,"completion_tokens":%d,"total_tokens":%d}}\
            """.formatted(MODEL, tokens, tokens + 7);
    }
}
